package io.undertone.model.torch.memory.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two voice cues and two emotions; the first emotion changes the first cue alone. */
class VoiceModelTest {

  private static final float[] PRECISION = {0.5f, 4};
  private static final float[][] EMOTIONS = {{1, 0}, {-1, 0.5f}};
  private static final float WEIGHT = 0.5f;

  @TempDir private Path directory;
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();
  private VoiceModel voice;

  @BeforeEach
  void open() {
    voice = device.call(() -> voice(PRECISION));
  }

  @Test
  void followsTheFormulas() {
    device.run(
        () -> {
          float[] offset = {0.3f, -0.2f};
          float utterances = 3;
          float[] place = {1.5f, 0.7f};
          float[] estimate = {0.8f, 0.2f};

          VoiceModel.Observation observed = new VoiceModel.Observation(row(place), row(1));
          VoiceModel.Offset before = new VoiceModel.Offset(row(offset), row(utterances));
          float[] evidence = voice.evidence(observed, before).toFloatArray();
          VoiceModel.Offset updated = voice.update(observed, before, row(estimate));
          float[] after = updated.values().toFloatArray();

          assertThat(updated.utterances().getFloat(0, 0)).isEqualTo(4);

          double[] fits = new double[2];
          for (int value = 0; value < 2; value++) {
            double variance = 1 + 1 / (PRECISION[value] + utterances);
            double expected = 0;
            for (int emotion = 0; emotion < 2; emotion++) {
              double unexplained = place[value] - offset[value] - EMOTIONS[emotion][value];
              fits[emotion] -= unexplained * unexplained / variance / 2;
              expected += estimate[emotion] * EMOTIONS[emotion][value];
            }
            double rate = 1 / (PRECISION[value] + utterances + 1);
            assertThat((double) after[value])
                .isCloseTo(
                    offset[value] + rate * (place[value] - offset[value] - expected), within(1e-6));
          }
          double half = WEIGHT * (fits[0] - fits[1]) / 2;
          assertThat((double) evidence[0]).isCloseTo(half, within(1e-6));
          assertThat((double) evidence[1]).isCloseTo(-half, within(1e-6));
        });
  }

  /** The speaker's neutral voice is as far from the mean voice as anger moves it. */
  @Test
  void aKnownSpeakerIsComparedWithTheirOwnVoice() {
    device.run(
        () -> {
          VoiceModel.Offset unknown = new VoiceModel.Offset(row(0, 0), row(0));
          VoiceModel.Offset known = unknown;
          for (int n = 0; n < 20; n++) {
            known = voice.update(observed(-3, 0.5f), known, row(0, 1));
          }

          VoiceModel.Observation angry = observed(-1, 0.1f);
          assertThat(known.values().getFloat(0, 0)).isCloseTo(-2, within(0.1f));
          assertThat(voice.evidence(angry, known).getFloat(0, 0)).isPositive();
          assertThat(voice.evidence(angry, unknown).getFloat(0, 0)).isNegative();
        });
  }

  @Test
  void theEvidenceOfAnOutlierIsLimited() {
    device.run(
        () -> {
          VoiceModel.Observation outlier = observed(1000, -1000);

          assertThat(voice.evidence(outlier, outlier.unknownSpeaker()).toFloatArray())
              .containsExactly(new float[] {6, -6}, within(1e-3f));
        });
  }

  @Test
  void learnsFromStrangeVoicesAtAHighTemperature() {
    device.run(
        () -> {
          double nearest = Double.MAX_VALUE;
          float[] strange = {3, -1};
          for (float[] emotion : EMOTIONS) {
            double distance = 0;
            for (int value = 0; value < 2; value++) {
              double unexplained = strange[value] - emotion[value];
              distance += unexplained * unexplained / (1 + 1 / PRECISION[value]) / 2;
            }
            nearest = Math.min(nearest, distance);
          }

          assertThat((double) voice.learningTemperature(observed(strange)).getFloat(0, 0))
              .isCloseTo(nearest * nearest, within(1e-4));
          assertThat(nearest).isBetween(1.05, 1.41);
          assertThat(voice.learningTemperature(observed(1.2f, 0.3f)).toFloatArray())
              .containsExactly(1);
          assertThat(voice.learningTemperature(observed(30, 0)).toFloatArray()).containsExactly(2);
          assertThat(
                  voice
                      .learningTemperature(new VoiceModel.Observation(row(strange), row(0)))
                      .toFloatArray())
              .containsExactly(1);
        });
  }

  @Test
  void readsWhatItSavesAndNamesValuesOutOfRange() {
    device.run(
        () -> {
          voice.save(directory);
          VoiceModel read = VoiceModel.load(directory, 2, 2, device.manager());
          assertThat(read.emotions()).isEqualTo(voice.emotions());
          assertThat(read.precision()).isEqualTo(voice.precision());

          voice(new float[] {1, 0}).save(directory);
          assertThatThrownBy(() -> VoiceModel.load(directory, 2, 2, device.manager()))
              .isInstanceOf(ModelFileException.class)
              .hasMessageContaining(
                  "voice.safetensors: tensor precision must be above 0, but has 0");
          assertThatThrownBy(() -> VoiceModel.load(directory, 3, 2, device.manager()))
              .isInstanceOf(ModelFileException.class)
              .hasMessageContaining("tensor basis.weight must have shape (3, 3)");
        });
  }

  private VoiceModel voice(float[] precision) {
    return new VoiceModel(
        device.manager().eye(2),
        device.manager().zeros(new Shape(2)),
        device.manager().create(EMOTIONS),
        device.manager().create(precision),
        device.manager().create(new float[] {WEIGHT}));
  }

  private VoiceModel.Observation observed(float... values) {
    return new VoiceModel.Observation(row(values), row(1));
  }

  private NDArray row(float... values) {
    return device.manager().create(values, new Shape(1, values.length));
  }
}
