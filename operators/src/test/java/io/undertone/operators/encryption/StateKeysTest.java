package io.undertone.operators.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateKeysTest {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @Test
  void readsAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(
        file, "# since March, of anna\r\nnew: %s\r\n\r\n  old:%s\r\n".formatted(KEY, KEY));

    byte[] encrypted = new StateKeySource(file.toString()).open().encrypt(new byte[3], entry());
    assertThat(StateCipher.keyId(encrypted)).contains("new");
  }

  @Test
  void readsAListWithCommas() {
    assertThat(StateKeys.parse("new: %s, old: %s".formatted(KEY, KEY), "env:KEYS").ids())
        .containsExactly("new", "old");
  }

  @Test
  void namesWhereTheKeysShouldBe(@TempDir Path folder) {
    String file = folder.resolve("none").toString();

    assertThatThrownBy(() -> new StateKeySource(file).open())
        .isInstanceOf(StateKeyException.class)
        .hasMessageContaining(file);
    assertThatThrownBy(() -> new StateKeySource("env:UNDERTONE_NO_SUCH").open())
        .isInstanceOf(StateKeyException.class)
        .hasMessageContaining("UNDERTONE_NO_SUCH");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                       | at least one key",
        "'# old: AAAA'                            | at least one key",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd | 'key 1 of test must have the form'",
        "'a b: AAEC'                              | 'key 1 of test must have the form'",
        "'short: AAECAwQF'                        | must have 32 bytes, but has 6",
        "'odd: AAECA'                             | must be Base64",
      })
  void saysWhatIsWrongAndNoKey(String text, String message) {
    assertThatThrownBy(() -> StateKeys.parse(text, "test"))
        .isInstanceOf(StateKeyException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("AAEC");
  }

  @Test
  void idsDiffer() {
    assertThatThrownBy(() -> StateKeys.parse("a: %s,a: %s".formatted(KEY, KEY), "test"))
        .isInstanceOf(StateKeyException.class)
        .hasMessageContaining("two are 'a'");
  }

  private static StateEntry entry() {
    return new StateEntry("state", "acme/call-1", 0);
  }
}
