package io.undertone.model.torch.dpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Voices of two values and two emotions: the first is heard in the first value alone. */
class VoiceTest {

  private static final float[] PRECISION = {0.5f, 4};
  private static final float[][] EMOTIONS = {{1, 0}, {-1, 0.5f}};
  private static final float WEIGHT = 0.5f;

  @TempDir private Path directory;
  private TorchDevice device;
  private NDManager manager;
  private Voice voice;

  @BeforeEach
  void open() {
    device = TorchDevice.openCpu();
    manager = device.call(device::newManager);
    voice = device.call(() -> voice(PRECISION));
  }

  @AfterEach
  void close() {
    device.run(manager::close);
    device.close();
  }

  @Test
  void isWhatTheFormulasSay() {
    device.run(
        () -> {
          float[] offset = {0.3f, -0.2f};
          float heard = 3;
          float[] place = {1.5f, 0.7f};
          float[] estimate = {0.8f, 0.2f};

          Voice.Batch batch = new Voice.Batch(row(place), row(1), row(offset), row(heard));
          float[] evidence = voice.evidence(batch).toFloatArray();
          float[] after = voice.learned(batch, row(estimate)).toFloatArray();

          double[] fits = new double[2];
          for (int value = 0; value < 2; value++) {
            double variance = 1 + 1 / (PRECISION[value] + heard);
            double expected = 0;
            for (int emotion = 0; emotion < 2; emotion++) {
              double unexplained = place[value] - offset[value] - EMOTIONS[emotion][value];
              fits[emotion] -= unexplained * unexplained / variance / 2;
              expected += estimate[emotion] * EMOTIONS[emotion][value];
            }
            double rate = 1 / (PRECISION[value] + heard + 1);
            assertThat((double) after[value])
                .isCloseTo(
                    offset[value] + rate * (place[value] - offset[value] - expected), within(1e-6));
          }
          double half = WEIGHT * (fits[0] - fits[1]) / 2;
          assertThat((double) evidence[0]).isCloseTo(half, within(1e-6));
          assertThat((double) evidence[1]).isCloseTo(-half, within(1e-6));
        });
  }

  /** The first speaker's voice is as far to one side as anger pulls the second's. */
  @Test
  void whoIsKnownIsHeardAgainstTheirOwnVoice() {
    device.run(
        () -> {
          NDArray offset = row(0, 0);
          for (int n = 0; n < 20; n++) {
            Voice.Batch neutral = new Voice.Batch(row(-3, 0.5f), row(1), offset, row(n));
            offset = voice.learned(neutral, row(0, 1));
          }

          float known =
              voice
                  .evidence(new Voice.Batch(row(-1, 0.1f), row(1), offset, row(20)))
                  .getFloat(0, 0);
          float unknown =
              voice
                  .evidence(new Voice.Batch(row(-1, 0.1f), row(1), row(0, 0), row(0)))
                  .getFloat(0, 0);

          assertThat(offset.getFloat(0, 0)).isCloseTo(-2, within(0.1f));
          assertThat(known).isPositive();
          assertThat(unknown).isNegative();
        });
  }

  @Test
  void howeverStrangeAVoiceIsItTellsNotMoreThanItMay() {
    device.run(
        () -> {
          Voice.Batch strange = new Voice.Batch(row(1000, -1000), row(1), row(0, 0), row(0));

          assertThat(voice.evidence(strange).toFloatArray())
              .containsExactly(new float[] {6, -6}, within(1e-3f));
        });
  }

  @Test
  void whatIsSavedIsReadAndWhatCannotBeMeantIsRefusedByName() {
    device.run(
        () -> {
          voice.save(directory);
          Voice read = Voice.load(directory, 2, 2, manager);
          assertThat(read.emotions()).isEqualTo(voice.emotions());
          assertThat(read.precision()).isEqualTo(voice.precision());

          voice(new float[] {1, 0}).save(directory);
          assertThatThrownBy(() -> Voice.load(directory, 2, 2, manager))
              .isInstanceOf(ModelFileException.class)
              .hasMessageContaining(
                  "voice.safetensors: tensor precision must be above 0, but has 0");
          assertThatThrownBy(() -> Voice.load(directory, 3, 2, manager))
              .isInstanceOf(ModelFileException.class)
              .hasMessageContaining("tensor basis.weight must have shape (3, 3)");
        });
  }

  private Voice voice(float[] precision) {
    return new Voice(
        manager.eye(2),
        manager.zeros(new Shape(2)),
        manager.create(EMOTIONS),
        manager.create(precision),
        manager.create(new float[] {WEIGHT}));
  }

  private NDArray row(float... values) {
    return manager.create(values, new Shape(1, values.length));
  }
}
