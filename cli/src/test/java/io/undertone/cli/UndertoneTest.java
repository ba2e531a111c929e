package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users get when they ask for help, and when they ask for what cannot be done. */
class UndertoneTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "dashboard",
        "classify",
        "send",
        "job",
        "notify",
        "redrive",
        "train",
        "leave-one-out",
        "everyday",
        "chaos",
        "sounds",
        "sql",
        "export",
        "evaluate",
        "verify-model",
        "verify-vad"
      })
  void eachCommandHasHelp(String command) {
    CommandRun help = CommandRun.of(command, "--help");

    assertThat(help.status()).isZero();
    assertThat(help.out().get(0)).startsWith("Usage: undertone " + command);
    assertThat(help.err()).isEmpty();
    assertThat(CommandRun.of("--help").out()).anyMatch(line -> line.strip().startsWith(command));
  }

  @Test
  void theVersionIsNamed() {
    CommandRun version = CommandRun.of("--version");

    assertThat(version.status()).isZero();
    assertThat(version.out().get(0)).startsWith("undertone ");
  }

  @Test
  void whatIsUnknownIsNamedInOneLine() {
    assertUserError("'--loud'", "classify", "--loud", "a.wav");
    assertUserError("Unmatched argument", "listen");
    assertUserError("FILE", "classify");
    assertUserError("ulaw", "classify", "--g711", "ulaw", "a.raw");
    assertUserError("--bootstrap", "send", "a.wav");
    assertUserError("subcommand");
  }

  @Test
  void aFileThatCannotBeReadIsNamedInOneLine() throws IOException {
    String model = CommandRun.modelIn(directory);
    String calls = CommandRun.CALLS.toString();
    Path text = Files.writeString(directory.resolve("notes.wav"), "not audio at all");

    assertUserError("missing.wav", "classify", "--model", model, "missing.wav");
    assertUserError("notes.wav", "classify", "--model", model, text.toString());
    assertUserError(directory.toString(), "classify", "--model", model, directory.toString());
    assertUserError("missing", "verify-vad", directory.resolve("missing").toString());
    assertUserError("missing", "verify-model", directory.resolve("missing").toString());
    assertUserError("clips.csv", "leave-one-out", "--manifest", "clips.csv", "--work", "w");
    assertUserError("a.wav", "everyday", "a.wav", "--out", directory + "/everyday.csv");
    assertUserError("clips.csv", "train", "--manifest", "clips.csv", "--audio", "a", "--out", "b");
    assertUserError("clips.csv", "evaluate", "--manifest", "clips.csv", "--audio", "a");
    assertUserError("nowhere", "demo", "--model", model, "--calls", "nowhere");
    assertUserError(
        "nowhere/e", "demo", "--model", model, "--calls", calls, "--events", "nowhere/e");
  }

  @Test
  void fineTuningRefusesWhatTheFinishedModelHasSettled() throws IOException {
    Path manifest =
        Files.writeString(
            directory.resolve("clips.csv"),
            "path,corpus,speaker,emotion,emotion4,official_split\na.wav,a,a,anger,ang,train\n");
    String[] fineTuning = {
      "train", "--from", directory.toString(), "--manifest", manifest.toString(), "--out", "b"
    };

    assertUserError("--seed must not be given with --from", with(fineTuning, "--seed", "2"));
    assertUserError("--encoder must not", with(fineTuning, "--encoder", "e"));
    RandomModel.write(directory);
    assertUserError("only models with an utterance head can be fine-tuned", fineTuning);
  }

  @Test
  void settingsOfATrainingAreCheckedBeforeItStarts() throws IOException {
    Path manifest = Files.createFile(directory.resolve("clips.csv"));
    String[] input = {"--manifest", manifest.toString(), "--encoder", directory.toString()};
    String[] training = with(new String[] {"train", "--out", "b"}, input);
    String[] leaveOneOut = with(new String[] {"leave-one-out", "--work", "w"}, input);

    for (String[] command : List.of(training, leaveOneOut)) {
      assertUserError(
          "tokenizer epochs must be at least 1, but are 0",
          with(command, "--tokenizer-epochs", "0"));
      assertUserError(
          "encoder layers must be at least 2, but are 1", with(command, "--encoder-layers", "1"));
    }
    assertUserError("temperature must be above 0", with(training, "--temperature", "0"));
  }

  @Test
  void optionsOfACheckpointBelongTogether() throws IOException {
    Path manifest = Files.createFile(directory.resolve("clips.csv"));
    String[] training = {"train", "--out", "b", "--manifest", manifest.toString()};
    String[] based = with(training, "--base", directory.toString());

    assertUserError("--rank must not be given without --base", with(training, "--rank", "8"));
    assertUserError("--tokenizer must be given with --base", based);
    assertUserError("--encoder must not be given with --base", with(based, "--encoder", "e"));
    assertUserError("--from must not be given with --base", with(based, "--from", "m"));
    String[] whole = with(based, "--tokenizer", directory.toString());
    assertUserError("rank must be at least 1, but is 0", with(whole, "--rank", "0"));
    assertUserError("learning rate must be above 0", with(whole, "--learning-rate", "0"));
    assertUserError("window tokens must be at least 16", with(whole, "--window-tokens", "8"));
    assertUserError("sequences per step must be", with(whole, "--sequences-per-step", "0"));
    assertUserError("config.json", whole);
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void audioWithoutSamplesIsNamedInOneLine() throws IOException {
    Path empty = directory.resolve("empty.wav");
    AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(new byte[0]), format, 0),
        AudioFileFormat.Type.WAVE,
        empty.toFile());
    Path raw = Files.createFile(directory.resolve("empty.raw"));
    String model = CommandRun.modelIn(directory);

    assertUserError("empty.wav", "classify", "--model", model, empty.toString());
    assertUserError("empty.raw", "classify", "--model", model, "--g711", "alaw", raw.toString());
  }

  @Test
  void aFolderWithoutAModelIsNamedInOneLine() {
    String call = CommandRun.CALLS.resolve("lost-parcel.flac").toString();

    assertUserError("undertone.json", "classify", "--model", directory.toString(), call);
    assertUserError("undertone.json", "demo", "--model", directory.toString());
    assertUserError("'nowhere' does not exist", "classify", "--model", "nowhere", call);
  }

  private static void assertUserError(String part, String... arguments) {
    CommandRun run = CommandRun.of(arguments);

    assertThat(run.err()).singleElement().asString().startsWith("undertone: ").contains(part);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }
}
