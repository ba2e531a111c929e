package io.undertone.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.torch.TorchEmotionModel;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.features.Voices;
import io.undertone.training.KilledAt;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stages of training, on vowels whose pitch depends on the emotion. */
class TrainingTest {

  private static final TrainingPlan PLAN = new TrainingPlan("test", 3, 1, 1, 1, 1.5);

  @TempDir Path directory;

  @Test
  void makesAWorkingModelAndTheSameOneEachTime() throws IOException {
    TrainingData data = writeClips();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    ProgressLog progress = new ProgressLog(new PrintStream(log, true, StandardCharsets.UTF_8));

    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    new Training(data, PLAN, progress).run(directory.resolve("work1"), features(), first);
    new Training(data, PLAN, progress)
        .run(directory.resolve("work2"), directory.resolve("features2"), second);

    for (String file :
        List.of(
            "model.safetensors",
            "foresight.safetensors",
            "voice.safetensors",
            "speech-tokenizer.safetensors",
            "token-classifier.json",
            "token-classifier.safetensors",
            "utterance-head.safetensors",
            "undertone.json",
            "encoder/model.safetensors")) {
      assertThat(first.resolve(file)).hasSameBinaryContentAs(second.resolve(file));
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("tokenizer epoch 1 of 1")
        .contains("with utterance head: dev UA")
        .contains("decoder step 1:");
    assertThat(UndertoneConfig.read(first).temperature()).isEqualTo(1.5);
    try (TorchEmotionModel model = TorchEmotionModel.open(first);
        ChannelMemory memory = model.newMemory(1)) {
      Pcm voice = Voices.vowel(200, 800, 1.5);
      assertThat(model.recognize(List.of(new RecognitionRequest(voice, memory))))
          .singleElement()
          .satisfies(
              recognition -> {
                assertThat(recognition.update().applied()).isTrue();
                assertThat(recognition.update().tokens()).isBetween(35, 40);
              });
      assertThat(model.tokenize(List.of(voice)).get(0).cues().emotions())
          .hasSize(4)
          .doesNotContain(Float.NaN);
    }
  }

  @Test
  void aKilledRunResumesAndEndsWithTheSameWeights() throws IOException {
    TrainingData data = writeClips();
    TrainingPlan plan = new TrainingPlan("test", 3, 2, 1, 1, 1);
    Path uninterrupted = directory.resolve("uninterrupted");
    new Training(data, plan, progress(new ByteArrayOutputStream()))
        .run(directory.resolve("work1"), features(), uninterrupted);
    Path work = directory.resolve("work2");
    Path resumed = directory.resolve("resumed");

    ProgressLog failing = KilledAt.log("tokenizer epoch 2");
    assertThatThrownBy(() -> new Training(data, plan, failing).run(work, features(), resumed))
        .hasMessage("killed");
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    new Training(data, plan, progress(log)).run(work, features(), resumed);

    String model = log.toString(StandardCharsets.UTF_8).split("cross-fit tokenizer 1 of 2")[0];
    assertThat(model)
        .contains("resuming after round 1 of 2")
        .contains("tokenizer epoch 2")
        .doesNotContain("tokenizer epoch 1");
    for (String file : List.of("model.safetensors", "speech-tokenizer.safetensors")) {
      assertThat(resumed.resolve(file)).hasSameBinaryContentAs(uninterrupted.resolve(file));
    }
  }

  private static ProgressLog progress(OutputStream out) {
    return new ProgressLog(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @Test
  void aWorkDirectoryNamesWhatDiffersFromItsTraining() throws IOException {
    TrainingData data = writeClips();
    Path work = directory.resolve("work");
    TrainingPlan plan = new TrainingPlan("test", 1, 1, 1, 1, 1);
    assertThatThrownBy(
            () ->
                new Training(data, plan, KilledAt.log("features of clip"))
                    .run(work, features(), directory.resolve("out")))
        .hasMessage("killed");

    assertRefused(
        data, new TrainingPlan("test", 2, 1, 1, 1, 1), "training.txt: seed must be 1, but is 2;");
    assertRefused(
        data,
        new TrainingPlan("test", 1, 1, 3, 1, 1),
        "training.txt: number of decoder steps must be 1, but is 3;");
    Files.writeString(manifest(), Files.readString(manifest()).replace(",m,", ",f,"));
    assertRefused(data, plan, "training.txt: content of the manifests must be ");
  }

  private void assertRefused(TrainingData data, TrainingPlan plan, String message) {
    assertThatThrownBy(
            () ->
                new Training(data, plan, progress(new ByteArrayOutputStream()))
                    .run(directory.resolve("work"), features(), directory.resolve("out")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void rejectsUnusableDataBeforeMakingAnything() throws IOException {
    TrainingData data = writeClips();
    String manifest = Files.readString(manifest());
    Path work = directory.resolve("work");

    Files.writeString(manifest(), manifest.replaceAll("(?m)^0[ab]sad.*\n", ""));
    assertThatThrownBy(() -> quiet(data).run(work, features(), directory.resolve("out")))
        .isInstanceOf(TrainingException.class)
        .hasMessageEndingWith("no training speaker has clips of all four emotions");
    Files.writeString(manifest(), manifest.replaceAll("(?m)^0b.*\n", ""));
    assertThatThrownBy(() -> quiet(data).run(work, features(), directory.resolve("out")))
        .isInstanceOf(TrainingException.class)
        .hasMessageEndingWith("training speakers must be at least 2, but are 1");

    assertThat(work).doesNotExist();
  }

  private static Training quiet(TrainingData data) {
    return new Training(data, PLAN, progress(new ByteArrayOutputStream()));
  }

  /** One file for all trainings of a test: they have the same recordings. */
  private Path features() {
    return directory.resolve("features.bin");
  }

  private Path manifest() {
    return directory.resolve("manifest.csv");
  }

  private TrainingData writeClips() throws IOException {
    return TinyTraining.write(directory, List.of("voices"));
  }
}
