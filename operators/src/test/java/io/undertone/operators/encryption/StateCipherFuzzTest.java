package io.undertone.operators.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** State of any bytes: not encrypted, or refused. CONTRIBUTING.md says how to fuzz. */
class StateCipherFuzzTest {
  private final StateCipher cipher =
      new StateCipher(
          StateKeys.parse("2025: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "test"));

  @FuzzTest(maxDuration = "3m")
  void state(byte[] bytes) {
    try {
      assertThat(cipher.decrypt(bytes, new StateEntry("state", "acme/call-1", 0)))
          .as("not encrypted")
          .isSameAs(bytes);
    } catch (StateKeyException | DamagedStateException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}
