package io.undertone.model.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.audio.Pcm;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.encoder.Arithmetic;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.features.WhisperFeatures;
import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FsqSpeechTokenizerTest {
  @TempDir private Path directory;
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void aMissingWeightIsNamedWhenTheTokenizerIsRead() {
    assertRefused(
        EncoderConfig.DEFAULT,
        "speech-tokenizer.json: weight encoder.in.weight must have shape (160, 172, 3), but is"
            + " missing");
  }

  @Test
  void aLevelBelowTwoIsNamedWhenTheTokenizerIsRead() {
    assertRefused(
        new EncoderConfig(StackedFeatures.WIDTH, 8, new int[] {1}, new int[] {1}),
        "speech-tokenizer.json: levels must be at least 2, but are [1]");
  }

  @Test
  void aBatchHasTheTokensThatEachUtteranceHasAlone() {
    EncoderConfig config =
        new EncoderConfig(StackedFeatures.WIDTH, 24, new int[] {1, 2, 4}, new int[] {8, 5, 5});
    List<Pcm> utterances = new ArrayList<>();
    for (double seconds : new double[] {1.2, 3, 0.01, 2.9, 2.6, 3.1}) {
      utterances.add(Voices.vowel(100 + 20 * seconds, 400 + 300 * seconds, seconds));
    }
    device.runWith(
        manager -> {
          FsqSpeechTokenizer.save(
              directory,
              TokenizerConfig.acoustic(config),
              RandomTokenizer.weights(config, manager));
          FsqSpeechTokenizer tokenizer = FsqSpeechTokenizer.load(directory, manager);

          List<SpeechTokens> together = tokenizer.encode(utterances);

          for (int i = 0; i < utterances.size(); i++) {
            assertThat(together.get(i).ids()).isEqualTo(tokenizer.encode(utterances.get(i)).ids());
          }
          assertThat(together.get(2).ids()).isEmpty();
          assertThat(together.get(5).ids()).hasSizeGreaterThan(60);
          assertThat(together.stream().flatMapToInt(one -> Arrays.stream(one.ids())).distinct())
              .hasSizeGreaterThan(3);
          assertThat(tokenizer.encode(List.<Pcm>of())).isEmpty();
        });
  }

  @Test
  void aTokenizerOfAPretrainedEncoderHasARowForEachToken() {
    List<Pcm> utterances =
        List.of(
            Voices.vowel(120, 600, 1.3),
            Voices.vowel(200, 900, 0.5),
            new Pcm(new float[80], 8000),
            Voices.vowel(90, 500, 0.9));
    device.runWith(
        manager -> {
          RandomTokenizer.writeWhisper(directory, manager, 8, 5);
          FsqSpeechTokenizer tokenizer = FsqSpeechTokenizer.load(directory, manager);

          List<SpeechTokens> together = tokenizer.encode(utterances);

          assertThat(tokenizer.sampleRateHz()).isEqualTo(8000);
          assertThat(tokenizer.codebookSize()).isEqualTo(40);
          assertThat(tokenizer.voiceWidth()).isEqualTo(RandomTokenizer.STATISTICS);
          assertThat(together).extracting(one -> one.ids().length).containsExactly(32, 12, 0, 22);
          assertThat(together.get(0).cues().voice()).hasSize(RandomTokenizer.STATISTICS);
          assertThat(together.stream().flatMapToInt(one -> Arrays.stream(one.ids())).distinct())
              .hasSizeGreaterThan(3);
          for (int i = 0; i < utterances.size(); i++) {
            assertThat(tokenizer.encode(utterances.get(i)).ids()).isEqualTo(together.get(i).ids());
          }
        });
  }

  @Test
  void theLoadersArithmeticIsThatOfThePretrainedEncoder() {
    Pcm utterance = Voices.vowel(120, 600, 1.3);
    device.runWith(
        manager -> {
          RandomTokenizer.writeWhisper(directory, manager, 8, 5);

          float[] float32 = statistics(ArithmeticChoice.FLOAT32, utterance, manager);
          float[] bfloat16 = statistics(ArithmeticChoice.BF16, utterance, manager);

          assertThat(statistics(ArithmeticChoice.FLOAT32, utterance, manager)).isEqualTo(float32);
          assertThat(relativeError(bfloat16, float32)).isBetween(1e-5, 0.02);
        });
  }

  private float[] statistics(ArithmeticChoice arithmetic, Pcm utterance, NDManager manager) {
    try (SpeechTokenizer tokenizer =
        FsqSpeechTokenizer.load(directory, arithmetic.on(manager.getDevice()), manager)) {
      return tokenizer.encode(utterance).cues().voice();
    }
  }

  private static double relativeError(float[] actual, float[] expected) {
    double squares = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      squares += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(squares / norm);
  }

  @Test
  void theNetworkEncodesStoredFeaturesWithoutTheEncoder() {
    Pcm utterance = Voices.vowel(120, 600, 0.7);
    device.runWith(
        manager -> {
          RandomTokenizer.writeWhisper(directory, manager, 8, 5);
          int[] expected = FsqSpeechTokenizer.load(directory, manager).encode(utterance).ids();
          Path encoder = directory.resolve("encoder");
          TokenFeatures features =
              WhisperFeatures.load(encoder, RandomTokenizer.FEATURES, Arithmetic.FLOAT32, manager)
                  .extract(List.of(utterance))
                  .get(0)
                  .rows();
          delete(encoder.resolve("model.safetensors"));

          TokenNetwork network = TokenNetwork.load(directory, manager);

          assertThat(network.encode(features)).isEqualTo(expected);
          assertThatThrownBy(() -> network.encode(new TokenFeatures(new float[3], 1, 3)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("features must have width 256, but have 3");
        });
  }

  @Test
  void namesTheErrorInTheConfigurationOfAPretrainedEncoder() throws IOException {
    device.runWith(manager -> RandomTokenizer.writeWhisper(directory, manager, 8, 5));

    assertRefused("undertone-fsq-2", "undertone-fsq-3", "format must be 'undertone-fsq-1' or 'un");
    assertRefused("tokenLayers", "tokenLayer", "tokenLayer is unknown");
    assertRefused("[ 1, 3 ]", "[ ]", "tokenLayers must be at least one layer");
    assertRefused("[ 2, 3 ]", "[ 2, 4 ]", "layers must be from 1 to 3, but are 4");
    assertRefused("[ 1, 3 ]", "[ 1 ]", "inputWidth must be 128, the width of the encoder's layers");
    assertRefused("\"encoder\" : \"encoder\"", "\"encoder\" : \"..\"", "encoder must name a sub");
    assertRefused("\"encoder\" : \"encoder\"", "\"encoder\" : \"other\"", "file must exist");
    assertRefused(
        "\"inputWidth\" : 256", "\"inputWidth\" : 255", "weight encoder.in.weight must have");
    assertRefused("8000", "0", "sampleRateHz must be an integer of at least 1, but is 0");
  }

  private void assertRefused(String given, String instead, String message) throws IOException {
    Path config = directory.resolve(FsqSpeechTokenizer.CONFIG_FILE);
    String json = Files.readString(config);
    assertThat(json).contains(given);
    Files.writeString(config, json.replace(given, instead));
    device.runWith(
        manager -> {
          int before = manager.getManagedArrays().size();
          assertThatThrownBy(() -> FsqSpeechTokenizer.load(directory, manager))
              .isInstanceOf(ModelFileException.class)
              .hasMessageContaining(message);
          assertThat(manager.getManagedArrays()).hasSize(before);
        });
    Files.writeString(config, json);
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(EncoderConfig config, String message) {
    device.runWith(
        manager -> {
          FsqSpeechTokenizer.save(
              directory,
              TokenizerConfig.acoustic(config),
              Map.of("other", manager.ones(new Shape(1))));
          assertThatThrownBy(() -> FsqSpeechTokenizer.load(directory, manager))
              .isInstanceOf(ModelFileException.class)
              .hasMessageEndingWith(message);
        });
  }
}
