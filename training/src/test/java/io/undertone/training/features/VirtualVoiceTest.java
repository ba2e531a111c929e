package io.undertone.training.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.model.torch.features.Voices;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VirtualVoiceTest {

  @Test
  void shiftsPitchByAConstantAndKeepsUnvoicedFramesUnvoiced() {
    FrameFeatures before = FrameFeatures.of(Voices.vowel(150, 700, 1));
    FrameFeatures after = FrameFeatures.of(Voices.vowel(150, 700, 1));

    VirtualVoice.draw(new Random(7)).applyTo(after);

    double shift = 0;
    for (int frame = 0; frame < before.frames(); frame++) {
      float was = logF0(before, frame);
      float is = logF0(after, frame);
      if (was == 0) {
        assertThat(is).isZero();
      } else {
        shift = shift == 0 ? is - was : shift;
        assertThat((double) is - was).isCloseTo(shift, within(1e-5));
      }
    }
    assertThat(shift).isNotZero();
  }

  @Test
  void changesAllClipsOfASpeakerInTheSameWay() {
    FrameFeatures one = FrameFeatures.of(Voices.vowel(150, 700, 1));
    FrameFeatures same = FrameFeatures.of(Voices.vowel(150, 700, 1));
    VirtualVoice voice = VirtualVoice.draw(new Random(8));

    voice.applyTo(one);
    voice.applyTo(same);

    assertThat(same.values()).isEqualTo(one.values());
    assertThat(same.values()).isNotEqualTo(FrameFeatures.of(Voices.vowel(150, 700, 1)).values());
  }

  private static float logF0(FrameFeatures features, int frame) {
    return features.values()[frame * FrameFeatures.WIDTH + FrameFeatures.LOG_F0];
  }
}
