package io.undertone.model.torch.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VoiceMeasuresTest {

  @Test
  void pitchIsThatOfVoicedFramesAndBandsAreThoseOfAll() {
    float[] values = new float[3 * FrameFeatures.WIDTH];
    frame(values, 0, -1, Math.log(100));
    frame(values, 1, -2, 0);
    frame(values, 2, -6, Math.log(400));

    float[] measures = VoiceMeasures.of(new FrameFeatures(values, 3));

    assertThat(measures).hasSize(VoiceMeasures.WIDTH);
    assertThat(measures[0]).isCloseTo((float) Math.log(200), within(1e-5f));
    assertThat(measures[1]).isCloseTo((float) Math.log(2), within(1e-5f));
    assertThat(measures[2]).isCloseTo(2 / 3f, within(1e-6f));
    assertThat(measures[3]).isCloseTo((float) Math.log(3), within(1e-6f));
    for (int band = 4; band < measures.length; band++) {
      assertThat(measures[band]).isCloseTo(-3, within(1e-6f));
    }
  }

  @Test
  void whatHasNoVoiceIsNotMeasured() {
    assertThat(VoiceMeasures.of(new FrameFeatures(new float[2 * FrameFeatures.WIDTH], 2)))
        .isEmpty();
    assertThat(VoiceMeasures.of(new FrameFeatures(new float[0], 0))).isEmpty();
  }

  private static void frame(float[] values, int frame, float energy, double logF0) {
    int row = frame * FrameFeatures.WIDTH;
    for (int band = 0; band < FrameFeatures.MEL_BANDS; band++) {
      values[row + band] = energy;
    }
    values[row + FrameFeatures.LOG_F0] = (float) logF0;
  }
}
