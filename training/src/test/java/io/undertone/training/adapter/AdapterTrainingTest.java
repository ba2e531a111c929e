package io.undertone.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.ChannelMemory;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.torch.TorchEmotionModel;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.TinyCheckpoint;
import io.undertone.training.KilledAt;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.recipe.ClipSource;
import io.undertone.training.recipe.TinyTraining;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole training on a small checkpoint in the files of Llama-2-7B: bfloat16 shards, and a
 * tokenizer with the signature of CosyVoice2's, whose 6561 codes the checkpoint lacks.
 */
class AdapterTrainingTest {
  private static final int FIRST_CODE = TinyCheckpoint.VOCABULARY;
  private static final int CODES = 6561;

  @TempDir Path directory;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void writeCheckpoint() throws IOException {
    TinyCheckpoint.write(directory.resolve("base"));
  }

  @Test
  void makesAModelWhoseMemoryLearns() throws IOException {
    Path out = directory.resolve("model");

    training(plan(2, 1), TinyCosyVoice.write(directory)).run(directory.resolve("work"), out);

    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("8 training and 4 dev clips; left out: 2 without one of the emotions")
        .contains("adapter step 2: loss");
    assertThat(out.resolve("LICENSE.txt")).exists();
    assertThat(out.resolve("model-00001-of-00002.safetensors"))
        .hasSameBinaryContentAs(directory.resolve("base/model-00001-of-00002.safetensors"));
    UndertoneConfig config = UndertoneConfig.read(out);
    assertThat(config.vocabulary().audioStart()).isEqualTo(FIRST_CODE);
    assertThat(config.vocabulary().audioTokens()).isEqualTo(CODES);
    assertThat(config.vocabulary().bos()).isEqualTo(1);
    assertThat(config.vocabulary().pad()).isZero();
    assertThat(config.vocabulary().size()).isEqualTo(FIRST_CODE + CODES + 5);
    try (TorchEmotionModel model = TorchEmotionModel.open(out);
        ChannelMemory memory = model.newMemory(1)) {
      RecognitionRequest request = new RecognitionRequest(Voices.vowel(200, 800, 1.5), memory);
      Recognition recognition = model.recognize(List.of(request)).get(0);
      assertThat(recognition.update().applied()).isTrue();
      assertThat(recognition.update().tokens()).isEqualTo(39);
      assertThat(memory.snapshot().tensors()).isNotEmpty();
    }
  }

  @Test
  void aKilledTrainingEndsWithTheSameWeights() throws IOException {
    TokenizerSource tokenizer = TinyCosyVoice.write(directory);
    Path uninterrupted = directory.resolve("uninterrupted");
    training(plan(4, 2), tokenizer).run(directory.resolve("work1"), uninterrupted);
    Path work = directory.resolve("work2");
    Path resumed = directory.resolve("resumed");

    assertThatThrownBy(
            () ->
                training(plan(4, 2), tokenizer, KilledAt.log("adapter step 4")).run(work, resumed))
        .hasMessage("killed");
    log.reset();
    training(plan(4, 2), tokenizer).run(work, resumed);

    assertThat(log.toString(StandardCharsets.UTF_8)).contains("resuming after round 1 of 2");
    assertThat(resumed.resolve("emotion-lora/adapter_model.safetensors"))
        .hasSameBinaryContentAs(uninterrupted.resolve("emotion-lora/adapter_model.safetensors"));
    assertThat(resumed.resolve("undertone.json"))
        .content()
        .isEqualTo(
            Files.readString(uninterrupted.resolve("undertone.json"))
                .replace("uninterrupted", "resumed"));
  }

  @Test
  void refusesToResumeAnotherTraining() throws IOException {
    TokenizerSource tokenizer = TinyCosyVoice.write(directory);
    Path work = directory.resolve("work");
    Path out = directory.resolve("model");
    assertThatThrownBy(
            () -> training(plan(1, 1), tokenizer, KilledAt.log("training and")).run(work, out))
        .hasMessage("killed");

    assertThatThrownBy(() -> training(plan(2, 1), tokenizer).run(work, out))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("number of steps must be 1, but is 2;");
    Files.writeString(directory.resolve("base/generation_config.json"), "{}");
    assertThatThrownBy(() -> training(plan(1, 1), tokenizer).run(work, out))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("checkpoint must be ");
  }

  @Test
  void refusesCheckpointsAndTokenizersThatItCannotUse() throws IOException {
    TokenizerSource tokenizer = TinyCosyVoice.write(directory);
    Path work = directory.resolve("work");
    Path out = directory.resolve("model");

    assertThatThrownBy(() -> training(plan(1, 1), new TokenizerSource(directory)).run(work, out))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("tokenizer must be an .onnx file or a folder with speech-tokenizer");
    assertThatThrownBy(() -> training(plan(1, 1), tokenizer).run(work, directory.resolve("base")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the new model must have another folder than the checkpoint");
    Path added = directory.resolve("base/added_tokens.json");
    Files.writeString(added, "{\"<audio_0>\": 7, \"<audio_end>\": 8}");
    assertThatThrownBy(() -> training(plan(1, 1), tokenizer).run(work, out))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "must have all 6566 tokens from <audio_0> to <emo_neu> or none of them, but lacks"
                + " <audio_1>");
    Files.delete(directory.resolve("base/model-00002-of-00002.safetensors"));
    Files.delete(added);
    assertThatThrownBy(() -> training(plan(1, 1), tokenizer).run(directory.resolve("other"), out))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("model-00002-of-00002.safetensors: file must exist");
    Files.delete(directory.resolve("base/config.json"));
    assertThatThrownBy(() -> training(plan(1, 1), tokenizer).run(work, out))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("config.json");
    assertThat(out.resolve("undertone.json")).doesNotExist();
  }

  private AdapterTraining training(AdapterPlan plan, TokenizerSource tokenizer) throws IOException {
    return training(
        plan, tokenizer, new ProgressLog(new PrintStream(log, true, StandardCharsets.UTF_8)));
  }

  private AdapterTraining training(
      AdapterPlan plan, TokenizerSource tokenizer, ProgressLog progress) throws IOException {
    return new AdapterTraining(
        clips(), directory.resolve("base"), tokenizer, plan, DeviceChoice.CPU, progress);
  }

  private ClipSource clips() throws IOException {
    return TinyTraining.write(directory, List.of("voices")).source();
  }

  private static AdapterPlan plan(int steps, int stepsPerRound) {
    return new AdapterPlan("tiny", 3, 2, 1e-3, steps, 2, 96, stepsPerRound);
  }
}
