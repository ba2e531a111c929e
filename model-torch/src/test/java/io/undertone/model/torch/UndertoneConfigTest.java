package io.undertone.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.memory.MemoryConfig;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.memory.lora.LoraMemoryConfig;
import io.undertone.model.torch.memory.speaker.EvidenceWeights;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndertoneConfigTest {
  @TempDir private Path directory;

  @Test
  void readsWhatItWrites() {
    for (MemoryConfig memory :
        List.of(
            TinyModel.MEMORY,
            LoraMemoryConfig.TYPICAL.with(TokenLearningChanges.ofPrefixRefresh(4)),
            new SpeakerMemoryConfig(8, 0, 96),
            new SpeakerMemoryConfig(8, 44, 96),
            new SpeakerMemoryConfig(8, 44, 96, new EvidenceWeights(0.1, 0.5)))) {
      UndertoneConfig config = new UndertoneConfig("tiny", TinyModel.VOCABULARY, memory);
      config.write(directory);
      assertThat(UndertoneConfig.read(directory)).isEqualTo(config);
    }
  }

  @Test
  void readsTheTrainedPriorAndTheTemperature() {
    UndertoneConfig config =
        new UndertoneConfig(
            "tiny", TinyModel.VOCABULARY, TinyModel.MEMORY, EmotionPrior.CALLS, 1.25);
    config.write(directory);
    assertThat(UndertoneConfig.read(directory)).isEqualTo(config);
  }

  @Test
  void keepsWhereSpeechTokensBegin() {
    Vocabulary vocabulary = new Vocabulary(100, 40, 140, 1, 0, List.of(141, 142, 143, 144));
    UndertoneConfig config = new UndertoneConfig("tiny", vocabulary, TinyModel.MEMORY);

    config.write(directory);

    assertThat(UndertoneConfig.read(directory)).isEqualTo(config);
  }

  @Test
  void withoutThemThePriorIsUniformAndTheTemperatureOne() throws IOException {
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, TinyModel.MEMORY).write(directory);

    assertThat(Files.readString(directory.resolve(UndertoneConfig.FILE)))
        .doesNotContain("prior", "temperature");
    assertThat(UndertoneConfig.read(directory).prior()).isEqualTo(EmotionPrior.UNIFORM);
    assertThat(UndertoneConfig.read(directory).temperature()).isEqualTo(1);
  }

  @Test
  void refusesPriorsAndTemperaturesOutOfRange() throws IOException {
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, TinyModel.MEMORY, EmotionPrior.CALLS, 1.25)
        .write(directory);
    String good = Files.readString(directory.resolve(UndertoneConfig.FILE));

    assertRefused(good.replace("1.25", "0"), "temperature must be above 0 and finite, but is 0.0");
    assertRefused(good.replace("0.75", "0.5"), "prior must add up to 1, but adds up to 0.75");
    assertRefused(good.replace("0.05", "-0.05"), "prior of sad must be above 0, but is -0.05");
    assertRefused(good.replace("\"neu\" : 0.75", "\"calm\" : 0.75"), "prior.calm is unknown");
  }

  @Test
  void refusesAnUnknownKindOfMemory() throws IOException {
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, new SpeakerMemoryConfig(8, 0, 96))
        .write(directory);
    Path file = directory.resolve(UndertoneConfig.FILE);
    String good = Files.readString(file);

    assertRefused(good.replace("estimates", "poems"), "learns must be tokens or estimates");
    assertRefused(
        good.replace("\"rank\" : 8", "\"rank\" : 0"), "rank must be an integer of at least 1");
    assertRefused(good.replace("\"rank\"", "\"alpha\" : 8, \"rank\""), "alpha is unknown");
    assertRefused(
        good.replace("\"rank\"", "\"decoderWeight\" : 1.5, \"rank\""),
        "decoderWeight must be from 0 to 1, but is 1.5");
  }

  @Test
  void refusesPrefixesThatCannotBeReused() throws IOException {
    LoraMemoryConfig memory =
        LoraMemoryConfig.TYPICAL.with(TokenLearningChanges.ofPrefixRefresh(4));
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, memory).write(directory);
    String good = Files.readString(directory.resolve(UndertoneConfig.FILE));

    assertRefused(
        good.replace("\"prefixRefreshUtterances\" : 4", "\"prefixRefreshUtterances\" : 0"),
        "prefixRefreshUtterances must be an integer of at least 1");
    assertRefused(
        good.replace("\"windowTokens\" : 256", "\"windowTokens\" : 96"),
        "prefixTokens must be at most windowTokens");
  }

  private void assertRefused(String json, String message) throws IOException {
    Files.writeString(directory.resolve(UndertoneConfig.FILE), json);
    assertThatThrownBy(() -> UndertoneConfig.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }
}
