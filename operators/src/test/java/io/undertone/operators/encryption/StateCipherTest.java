package io.undertone.operators.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateCipherTest {
  private static final String OLD = "2025: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String NEW = "2026: /wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final StateEntry ENTRY = new StateEntry("state", "acme/call-1", 1, 2);
  private static final byte[] PLAIN = "what a voice is like".getBytes(StandardCharsets.UTF_8);

  /** {@link #PLAIN}, encrypted by the first release of the format. */
  private static final String PUBLISHED =
      "55545345010432303235c4edb00395ad7907ce05267e18eadfa31a5435a33974"
          + "752c623445a197108382291d84855b62f0ea1cff7ebc3be7abd7de3464a8";

  @SuppressWarnings("unused") // FieldSource reads it by its name.
  private static final List<StateEntry> OTHER_ENTRIES =
      List.of(
          new StateEntry("other", ENTRY.call(), 1, 2),
          new StateEntry("state", "acme/call-2", 1, 2),
          new StateEntry("state", ENTRY.call(), 0, 2),
          new StateEntry("state", ENTRY.call(), 1, 3));

  @Test
  void decryptsWhatItEncrypted() {
    StateCipher cipher = cipher(OLD);
    byte[] encrypted = cipher.encrypt(PLAIN, ENTRY);

    assertThat(cipher.decrypt(encrypted, ENTRY)).isEqualTo(PLAIN);
    assertThat(text(encrypted)).contains("2025").doesNotContain("voice");
    assertThat(cipher.encrypt(PLAIN, ENTRY)).as("a second time").isNotEqualTo(encrypted);
    assertThat(StateCipher.keyId(encrypted)).contains("2025");
  }

  @Test
  void decryptsThePublishedFormat() {
    assertThat(cipher(OLD).decrypt(HexFormat.of().parseHex(PUBLISHED), ENTRY)).isEqualTo(PLAIN);
  }

  @Test
  void theFirstKeyEncryptsAndAllDecrypt() {
    byte[] old = cipher(OLD).encrypt(PLAIN, ENTRY);
    StateCipher rotated = cipher(NEW + "," + OLD);

    assertThat(rotated.decrypt(old, ENTRY)).isEqualTo(PLAIN);
    assertThat(StateCipher.keyId(rotated.encrypt(PLAIN, ENTRY))).contains("2026");
  }

  @Test
  void readsWhatIsNotEncrypted() {
    StateCipher none = StateKeySource.none().open();

    assertThat(none.encrypt(PLAIN, ENTRY)).isEqualTo(PLAIN);
    assertThat(cipher(OLD).decrypt(PLAIN, ENTRY)).isEqualTo(PLAIN);
    assertThat(StateCipher.keyId(PLAIN)).isEmpty();
    assertThat(StateCipher.keyId(new byte[3])).isEmpty();
  }

  @Test
  void namesTheMissingKey() {
    byte[] encrypted = cipher(OLD).encrypt(PLAIN, ENTRY);

    assertThatThrownBy(() -> cipher(NEW).decrypt(encrypted, ENTRY))
        .isInstanceOf(StateKeyException.class)
        .hasMessageContaining("'2025'")
        .hasMessageContaining("[2026]");
    assertThatThrownBy(() -> StateKeySource.none().open().requireKey(encrypted))
        .isInstanceOf(StateKeyException.class)
        .hasMessageContaining("'2025'")
        .hasMessageContaining("--state-keys");
  }

  @Test
  void tellsAnotherKeyOfTheSameIdFromDamage() {
    byte[] encrypted = cipher(OLD).encrypt(PLAIN, ENTRY);
    StateCipher other = cipher(NEW.replace("2026", "2025"));

    assertThatThrownBy(() -> other.decrypt(encrypted, ENTRY))
        .isInstanceOf(StateKeyException.class)
        .hasMessageContaining("'2025'");
    assertThatThrownBy(() -> other.requireKey(encrypted)).isInstanceOf(StateKeyException.class);
  }

  @ParameterizedTest
  @FieldSource("OTHER_ENTRIES")
  void anotherEntryCannotBeDecrypted(StateEntry other) {
    byte[] encrypted = cipher(OLD).encrypt(PLAIN, ENTRY);

    assertThatThrownBy(() -> cipher(OLD).decrypt(encrypted, other))
        .isInstanceOf(DamagedStateException.class);
  }

  /** A changed magic is no longer encrypted state, so the formats within have their own. */
  @Test
  void noChangedByteGoesUnnoticed() {
    byte[] encrypted = cipher(OLD).encrypt(PLAIN, ENTRY);
    for (int i = Integer.BYTES; i < encrypted.length; i++) {
      byte[] changed = encrypted.clone();
      changed[i] ^= 1;

      assertThatThrownBy(() -> cipher(OLD).decrypt(changed, ENTRY))
          .as("byte %d", i)
          .isInstanceOfAny(DamagedStateException.class, StateKeyException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 10, 14, 25, 41, 60})
  void noCutGoesUnnoticed(int length) {
    byte[] cut = Arrays.copyOf(cipher(OLD).encrypt(PLAIN, ENTRY), length);

    assertThatThrownBy(() -> cipher(OLD).decrypt(cut, ENTRY))
        .isInstanceOf(DamagedStateException.class);
  }

  private static StateCipher cipher(String keys) {
    return new StateCipher(StateKeys.parse(keys, "test"));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
