package io.undertone.model.torch.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import io.undertone.audio.Pcm;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.encoder.Arithmetic;
import io.undertone.model.torch.encoder.LogMel;
import io.undertone.model.torch.encoder.LogMelSpectrum;
import io.undertone.model.torch.encoder.SmallEncoder;
import io.undertone.model.torch.encoder.WhisperEncoder;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhisperFeaturesTest {
  private static final int WIDTH = SmallEncoder.CONFIG.width();
  private static final WhisperFeaturesConfig CONFIG =
      new WhisperFeaturesConfig(8000, List.of(1, 3), List.of(3, 0, 2));

  @TempDir private Path directory;
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @BeforeEach
  void open() {
    device.run(() -> SmallEncoder.write(directory, device.manager()));
  }

  /** 0.79 s fit into the encoder's 40 positions; 1.99 s need two whole pieces and a part. */
  @ParameterizedTest
  @ValueSource(doubles = {0.03, 0.5, 0.79, 0.8, 0.81, 1.99})
  void equalAComputationValueByValue(double seconds) {
    Pcm utterance = Voices.vowel(140, 700, seconds);
    device.run(
        () -> {
          UtteranceFeatures features = load().extract(List.of(utterance)).get(0);

          int frames = (int) (seconds * 100);
          int time = frames / 4 + (frames % 4 == 3 ? 1 : 0);
          assertThat(features.rows().time()).isEqualTo(time);
          assertThat(features.rows().width()).isEqualTo(2 * WIDTH);
          assertThat(features.rows().values())
              .usingComparatorWithPrecision(2e-3f)
              .containsExactly(expectedRows(utterance, time));
          assertThat(features.statistics())
              .usingComparatorWithPrecision(1e-3f)
              .containsExactly(expectedStatistics(utterance));
        });
  }

  private float[] expectedRows(Pcm utterance, int time) {
    List<float[][]> layers = layers(utterance, CONFIG.tokenLayers());
    float[] expected = new float[time * 2 * WIDTH];
    for (int row = 0; row < time; row++) {
      for (int layer = 0; layer < 2; layer++) {
        float[] first = layers.get(layer)[2 * row];
        float[] second = layers.get(layer)[2 * row + 1];
        double[] means = new double[WIDTH];
        Arrays.setAll(means, value -> (first[value] + second[value]) / 2);
        double mean = mean(means);
        double deviation = Math.sqrt(variance(means) + 1e-5);
        int begin = (2 * row + layer) * WIDTH;
        for (int value = 0; value < WIDTH; value++) {
          expected[begin + value] = (float) ((means[value] - mean) / deviation);
        }
      }
    }
    return expected;
  }

  private float[] expectedStatistics(Pcm utterance) {
    List<float[][]> layers = layers(utterance, CONFIG.statisticsLayers());
    float[] expected = new float[3 * 2 * WIDTH];
    for (int layer = 0; layer < 3; layer++) {
      for (int value = 0; value < WIDTH; value++) {
        int column = value;
        double[] overTime =
            Arrays.stream(layers.get(layer)).mapToDouble(row -> row[column]).toArray();
        expected[2 * layer * WIDTH + value] = (float) mean(overTime);
        expected[(2 * layer + 1) * WIDTH + value] = (float) Math.sqrt(variance(overTime));
      }
    }
    return expected;
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return DoubleStream.of(values)
        .map(value -> (value - mean) * (value - mean))
        .average()
        .orElseThrow();
  }

  /** The outputs of layers, (time, width) each, of pieces of 80 frames one after the other. */
  private List<float[][]> layers(Pcm utterance, List<Integer> wanted) {
    LogMel mel = new LogMelSpectrum(SmallEncoder.CONFIG.melBands()).of(utterance);
    WhisperEncoder encoder =
        WhisperEncoder.load(directory, 3, Arithmetic.FLOAT32, device.manager());
    List<List<float[]>> rows =
        wanted.stream().map(layer -> (List<float[]>) new ArrayList<float[]>()).toList();
    for (int begin = 0; begin < mel.frames(); begin += 80) {
      int frames = Math.min(80, mel.frames() - begin);
      float[] values =
          Arrays.copyOfRange(mel.values(), begin * mel.bands(), (begin + frames) * mel.bands());
      LogMel piece = new LogMel(values, frames, mel.bands());
      NDList outputs = encoder.encode(List.of(piece), wanted, device.manager()).get(0);
      for (int layer = 0; layer < wanted.size(); layer++) {
        rows.get(layer).addAll(List.of(Rows.of(outputs.get(layer))));
      }
    }
    return rows.stream().map(all -> all.toArray(float[][]::new)).toList();
  }

  @Test
  void anUtterancesFeaturesDoNotDependOnItsBatch() {
    List<Pcm> utterances = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      utterances.add(Voices.vowel(100 + 9 * i, 400 + 60 * i, i == 7 ? 0 : 0.1 + 0.37 * i % 1.9));
    }
    device.run(
        () -> {
          WhisperFeatures extractor = load();

          List<UtteranceFeatures> together = extractor.extract(utterances);

          for (int i = 0; i < utterances.size(); i++) {
            UtteranceFeatures alone = extractor.extract(utterances.subList(i, i + 1)).get(0);
            assertThat(together.get(i).rows().values())
                .usingComparatorWithPrecision(2e-3f)
                .containsExactly(alone.rows().values());
            assertThat(together.get(i).statistics())
                .usingComparatorWithPrecision(1e-3f)
                .containsExactly(alone.statistics());
          }
        });
  }

  @Test
  void anUtteranceWithoutFramesHasNoFeatures() {
    device.run(
        () -> {
          UtteranceFeatures features = load().extract(List.of(new Pcm(new float[60], 8000))).get(0);

          assertThat(features.rows().time()).isZero();
          assertThat(features.rows().width()).isEqualTo(2 * WIDTH);
          assertThat(features.statistics()).isEmpty();
        });
  }

  @Test
  void anUtteranceOfOneEncoderRowHasStatisticsOnly() {
    device.run(
        () -> {
          UtteranceFeatures features = load().extract(List.of(Voices.vowel(140, 700, 0.02))).get(0);

          assertThat(features.rows().time()).isZero();
          assertThat(features.statistics()).hasSize(6 * WIDTH);
          assertThat(Arrays.copyOfRange(features.statistics(), WIDTH, 2 * WIDTH)).containsOnly(0);
        });
  }

  @Test
  void widthsFollowFromTheLayers() {
    device.run(
        () -> {
          WhisperFeatures extractor = load();

          assertThat(extractor.sampleRateHz()).isEqualTo(8000);
          assertThat(extractor.width()).isEqualTo(2 * WIDTH);
          assertThat(extractor.statisticsWidth()).isEqualTo(6 * WIDTH);
        });
  }

  @Test
  void refusesAnotherSampleRate() {
    device.run(
        () ->
            assertThatThrownBy(() -> load().extract(List.of(new Pcm(new float[9], 16_000))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampleRateHz must be 8000, but is 16000"));
  }

  @Test
  void refusesLayersThatTheEncoderLacks() {
    WhisperFeaturesConfig deeper = new WhisperFeaturesConfig(8000, List.of(1), List.of(4));
    device.run(
        () ->
            assertThatThrownBy(
                    () ->
                        WhisperFeatures.load(
                            directory, deeper, Arithmetic.FLOAT32, device.manager()))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("layers must be from 1 to 3, but are 4"));
  }

  @Test
  void refusesAConfigurationWithoutLayers() {
    assertThatThrownBy(() -> new WhisperFeaturesConfig(8000, List.of(), List.of(1)))
        .hasMessage("tokenLayers must be at least one layer, each at least 0, but are []");
    assertThatThrownBy(() -> new WhisperFeaturesConfig(8000, List.of(1), List.of(2, -1)))
        .hasMessage(
            "statisticsLayers must be at least one layer, each at least 0, but are [2, -1]");
  }

  @Test
  void extractionAndClosingFreeAllArrays() {
    int before = device.liveArrays();
    device.run(
        () -> {
          WhisperFeatures extractor = load();
          int loaded = device.liveArrays();
          extractor.extract(List.of(Voices.vowel(140, 700, 1), Voices.vowel(90, 500, 0.4)));
          assertThat(device.liveArrays()).isEqualTo(loaded);
          extractor.close();
        });
    assertThat(device.liveArrays()).isEqualTo(before);
  }

  private WhisperFeatures load() {
    return WhisperFeatures.load(directory, CONFIG, Arithmetic.FLOAT32, device.manager());
  }
}
