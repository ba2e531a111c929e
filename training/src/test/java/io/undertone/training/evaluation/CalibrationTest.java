package io.undertone.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void theErrorIsTheMeanDistanceBetweenConfidenceAndAccuracy() {
    Calibration calibration = new Calibration();
    calibration.add(0.61, true);
    calibration.add(0.65, false);
    calibration.add(1, true);
    calibration.add(0.25, false);

    // 0.61 and 0.65 share the bin from 0.600 to 0.667.
    double shared = Math.abs(0.5 - 0.63);
    assertThat(calibration.expectedError()).isCloseTo((2 * shared + 0 + 0.25) / 4, within(1e-12));
    assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsExactly(1L, 2L, 1L);
  }

  @Test
  void aCalibratedModelHasNoError() {
    Calibration calibration = new Calibration();
    for (int i = 0; i < 10; i++) {
      calibration.add(0.7, i < 7);
    }

    assertThat(calibration.expectedError()).isCloseTo(0, within(1e-12));
  }
}
