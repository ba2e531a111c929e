package io.undertone.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.tokenizer.RandomClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a model must have. */
class ModelFilesTest {
  @TempDir Path directory;

  @BeforeEach
  void writeModel() {
    TinyModel.write(directory, 1);
  }

  @Test
  void readsBackTheConfig() {
    assertThat(UndertoneConfig.read(directory))
        .isEqualTo(new UndertoneConfig("tiny", TinyModel.VOCABULARY, TinyModel.MEMORY));
  }

  @Test
  void aVoiceModelNeedsATokenClassifier() {
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, new SpeakerMemoryConfig(2, 3, 24))
        .write(directory);

    assertThatThrownBy(
            () ->
                TorchEmotionModel.open(
                    directory, TinyModel.tokenizer(3), EmotionPrior.UNIFORM, DeviceChoice.CPU))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("token-classifier.json: must exist for a memory with voiceWidth 3");
  }

  @Test
  void theVoiceWidthIsThatOfTheCues() {
    RandomClassifier.write(directory, 8, 5);
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, new SpeakerMemoryConfig(2, 3, 24))
        .write(directory);

    assertThatThrownBy(
            () ->
                TorchEmotionModel.open(
                    directory, TinyModel.tokenizer(3), EmotionPrior.UNIFORM, DeviceChoice.CPU))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "memory.voiceWidth must be the number of voice cues and emotions, 7 without"
                + " utterance-head.safetensors, but is 3");
  }

  @Test
  void namesTheErrorInTheConfig() throws IOException {
    assertRefused("\"rank\" : 2", "\"rank\" : 0", "memory.rank must be an integer");
    assertRefused("\"rank\" : 2", "\"rang\" : 2", "memory.rang is unknown");
    assertRefused("\"alpha\" : 4.0", "\"alpha\" : 0", "alpha must be above 0 and finite");
    assertRefused("\"schema\" : 1", "\"schema\" : 2", "schema must be 1, but is 2");
    assertRefused("\"bos\" : 45", "\"bos\" : 46", "tokens bos and pad must differ");
    assertRefused("\"bos\" : 45", "\"bos\" : 48", "below the decoder's vocabulary size 48");
    assertRefused("\"beta1\" : 0.9", "\"beta1\" : 1", "beta1 must be at least 0 and below 1");
    assertRefused(
        "\"audioTokens\" : 40", "\"audioTokens\" : 39", "the tokenizer's codebook size 40");
    assertRefused("\"q_proj\"", "\"qkv\"", "but is 'qkv'");
  }

  private void assertRefused(String given, String instead, String message) throws IOException {
    Path config = directory.resolve(UndertoneConfig.FILE);
    String json = Files.readString(config);
    assertThat(json).contains(given);
    Files.writeString(config, json.replace(given, instead));
    assertThatThrownBy(() -> TinyModel.open(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("undertone.json: ")
        .hasMessageContaining(message);
    Files.writeString(config, json);
  }
}
