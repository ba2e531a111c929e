package io.undertone.model.torch.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlaneyMelTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "200, 3", "1000, 15", "6400, 42"})
  void isLinearUpTo1000HzAndThenLogarithmic(double hz, double mel) {
    assertThat(SlaneyMel.ofHz(hz)).isCloseTo(mel, within(1e-9));
    assertThat(SlaneyMel.toHz(mel)).isCloseTo(hz, within(1e-9));
  }
}
