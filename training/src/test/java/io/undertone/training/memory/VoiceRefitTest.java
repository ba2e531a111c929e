package io.undertone.training.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VoiceRefitTest {

  private static final Offset<Float> ROUNDING = within(1e-5f);

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  /** Two of them move the mean voice halfway, and the emotions a fifth of the way. */
  @Test
  void meansMoveTowardsTheSpeakersByTheirNumber() {
    device.run(
        () -> {
          VoiceModel before = voice();

          VoiceModel after = VoiceRefit.of(before, utterances(List.of("a", "b")), device.manager());

          // Cues of 12 are 6 after the basis; the old mean voice is 1.
          assertThat(after.centre().toFloatArray()[0]).isCloseTo(1 + (6 - 1) / 2f, ROUNDING);
          float[] emotions = after.emotions().toFloatArray();
          float[] theirs = {3, -3, 1, -1};
          float[] old = {1, 0, 0, -1};
          for (int emotion = 0; emotion < theirs.length; emotion++) {
            assertThat(emotions[emotion])
                .isCloseTo(old[emotion] + (theirs[emotion] - old[emotion]) / 5, ROUNDING);
          }
        });
  }

  @Test
  void keepsBasisPrecisionAndWeight() {
    device.run(
        () -> {
          VoiceModel before = voice();

          VoiceModel after = VoiceRefit.of(before, utterances(List.of("a", "b")), device.manager());

          assertThat(after.basis()).isEqualTo(before.basis());
          assertThat(after.precision()).isEqualTo(before.precision());
          assertThat(after.weight()).isEqualTo(before.weight());
        });
  }

  /** One value, halved by the basis. */
  private VoiceModel voice() {
    return new VoiceModel(
        array(new Shape(1, 1), 0.5f),
        array(new Shape(1), 1),
        array(new Shape(4, 1), 1, 0, 0, -1),
        array(new Shape(1), 0.3f),
        array(new Shape(1), 0.5f));
  }

  private NDArray array(Shape shape, float... values) {
    return device.manager().create(values, shape).duplicate();
  }

  /** Twice as many happy ones, which must not count more. */
  private static List<VoiceRefit.Utterance> utterances(List<String> speakers) {
    List<VoiceRefit.Utterance> utterances = new ArrayList<>();
    for (String speaker : speakers) {
      utterances.add(new VoiceRefit.Utterance(speaker, Emotion.HAPPY, new float[] {17}));
      utterances.add(new VoiceRefit.Utterance(speaker, Emotion.HAPPY, new float[] {19}));
      utterances.add(new VoiceRefit.Utterance(speaker, Emotion.SAD, new float[] {6}));
      utterances.add(new VoiceRefit.Utterance(speaker, Emotion.ANGRY, new float[] {14}));
      utterances.add(new VoiceRefit.Utterance(speaker, Emotion.NEUTRAL, new float[] {10}));
    }
    return utterances;
  }
}
