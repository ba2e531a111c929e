package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.Emotion;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.llama.TinyCheckpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a checkpoint in the files of Llama-2-7B and a tokenizer with the signature of CosyVoice2's,
 * both small and random, to a job whose temporary LoRAs survive a kill.
 */
@Tag("nightly")
class LlamaCheckpointTest {

  @TempDir Path directory;

  @Test
  void isTrainedAndRecognizesCallsInAJobThatIsKilled() throws IOException {
    TinyCheckpoint.write(directory.resolve("base"));
    Path tokenizer = directory.resolve("speech_tokenizer_v2.onnx");
    try (InputStream onnx =
        Objects.requireNonNull(
            Voices.class.getResourceAsStream("/cosyvoice/small_speech_tokenizer.onnx"))) {
      Files.copy(onnx, tokenizer);
    }
    String model = directory.resolve("model").toString();

    assertSucceeds(
        "train",
        "--base",
        directory.resolve("base").toString(),
        "--tokenizer",
        tokenizer.toString(),
        "--manifest",
        writeClips().toString(),
        "--out",
        model,
        "--rank",
        "2",
        "--learning-rate",
        "1e-3",
        "--sequences-per-step",
        "2",
        "--window-tokens",
        "64",
        "--language-model-steps",
        "3");

    CommandRun classified =
        assertSucceeds("classify", "--model", model, CommandRun.CALLS + "/lost-parcel.flac");
    assertThat(classified.out()).hasSizeGreaterThan(2);
    CommandRun chaos =
        assertSucceeds(
            "chaos",
            "--model",
            model,
            "--calls",
            CommandRun.CALLS.toString(),
            "--minutes",
            "0.01",
            "--faults",
            "taskmanager-killed",
            "--calls-at-once",
            "2",
            "--delivery",
            "exactly-once",
            "--job-option",
            "saved-weights=fp32",
            "--job-option",
            "saved-optimizer=kept",
            "--json");
    assertThat(chaos.out().get(chaos.out().size() - 1))
        .contains("\"taskmanager-killed\":1", "\"lost\":0", "\"conflicting\":0")
        .contains("\"unusable\":0", "\"recovered\":true");
  }

  private static CommandRun assertSucceeds(String... arguments) {
    CommandRun run = CommandRun.withTorch(arguments);
    assertThat(run.status())
        .as(() -> String.join("\n", run.out()) + String.join("\n", run.err()))
        .isZero();
    return run;
  }

  private Path writeClips() throws IOException {
    StringBuilder manifest =
        new StringBuilder("path,corpus,speaker,emotion,emotion4,official_split\n");
    for (String speaker : List.of("a", "b", "c")) {
      for (Emotion emotion : Emotion.values()) {
        String name = speaker + emotion.shortName() + ".wav";
        double pitchHz = 100 + 50 * emotion.ordinal() + speaker.charAt(0) % 7;
        Voices.write(directory.resolve(name), Voices.vowel(pitchHz, 700, 1));
        manifest.append(
            "%s,vowels,%s,%s,%s,%s%n"
                .formatted(
                    name,
                    speaker,
                    emotion.name(),
                    emotion.shortName(),
                    speaker.equals("c") ? "dev" : "train"));
      }
    }
    return Files.writeString(directory.resolve("clips.csv"), manifest);
  }
}
