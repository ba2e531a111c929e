package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.audio.file.AudioFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluates a model of random weights on clips that are the callers' sides of bundled calls. */
class EvaluateTest {
  @TempDir private Path directory;

  private Path callers;

  @BeforeEach
  void writeClips() throws IOException, AudioFileException {
    callers = CallerRecordings.in(directory);
  }

  @Test
  void refusesACallWhoseSidesAreNotSplit() throws IOException {
    Files.writeString(
        directory.resolve("clips.csv"),
        "path,corpus,speaker,emotion,emotion4,official_split\ncall.flac,one,1,anger,ang,test\n");
    Files.copy(CommandRun.CALLS.resolve("lost-parcel.flac"), callers.resolve("call.flac"));

    CommandRun run = run("test");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains("must have 1 channel");
  }

  @Test
  void endsWithTheMetricsOfEachCorpusAsJson() throws IOException {
    CommandRun run = evaluate("test", "test");

    assertThat(run.status()).isZero();
    assertThat(run.out().get(run.out().size() - 1))
        .matches(
            "\\{\"clips\":\\{\"one\":\\{\"WA\":[01].\\d+,\"UA\":[01].\\d+,\"WF1\":[01].\\d+,"
                + "\"NLL\":\\d+.\\d+,\"ECE\":0.\\d+,\"utterances\":1,.*},\"two\":\\{.*}}}");
  }

  @Test
  void reportsClassifierAndListenersBesideTheModel() throws IOException {
    Files.writeString(
        directory.resolve("clips.csv"),
        """
        path,corpus,speaker,emotion,emotion4,official_split,perceived_voice
        lost-parcel.wav,one,1,anger,ang,test,A
        cold-house.wav,one,1,sadness,sad,test,N
        cancelled-trip.wav,one,1,sadness,sad,test,D:N
        lost-parcel.wav,two,1,anger,ang,test,
        """);
    RandomModel.write(directory);
    RandomModel.writeClassifier(directory);

    CommandRun run = run(directory.toString(), "test");

    assertThat(run.status()).isZero();
    JsonNode clips = new ObjectMapper().readTree(run.out().get(run.out().size() - 1)).path("clips");
    JsonNode one = clips.path("one");
    assertThat(one.path("utterances").intValue()).isEqualTo(3);
    assertThat(one.path("classifier").path("utterances").intValue()).isEqualTo(3);
    assertThat(one.path("classifier").path("NLL").isNumber()).isTrue();
    assertThat(one.path("perceived").path("utterances").intValue()).isEqualTo(2);
    assertThat(one.path("perceived").path("UA").isNumber()).isTrue();
    assertThat(one.path("perceived").path("meant").path("utterances").intValue()).isEqualTo(2);
    assertThat(one.path("perceived").path("listeners").path("UA").doubleValue()).isEqualTo(0.5);
    assertThat(clips.path("two").has("classifier")).isTrue();
    assertThat(clips.path("two").has("perceived")).isFalse();
    assertThat(run.out()).anyMatch(line -> line.startsWith("    listeners "));
  }

  @Test
  void namesASplitWithoutClips() throws IOException {
    CommandRun run = evaluate("dev", "test");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains("no clips of split DEV");
  }

  @Test
  void namesAMissingRecording() throws IOException {
    Files.writeString(
        directory.resolve("clips.csv"),
        "path,corpus,speaker,emotion,emotion4,official_split\ngone.wav,one,1,sad,sad,test\n");

    CommandRun run = run("test");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains("gone.wav");
  }

  @Test
  void pathsAreRelativeToTheManifestWithoutAnotherRoot() throws IOException {
    Path manifest =
        Files.writeString(
            directory.resolve("clips.csv"),
            "path,corpus,speaker,emotion,emotion4,official_split\ngone.wav,one,1,sad,sad,test\n");
    RandomModel.write(directory);

    CommandRun run =
        CommandRun.of(
            "evaluate", "--model", directory.toString(), "--manifest", manifest.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains(directory.resolve("gone.wav").toString());
  }

  private CommandRun evaluate(String evaluated, String split) throws IOException {
    Files.writeString(
        directory.resolve("clips.csv"),
        "path,corpus,speaker,emotion,emotion4,official_split\n"
            + "lost-parcel.wav,one,1,anger,ang,%s\n".formatted(split)
            + "cold-house.wav,two,1,sadness,sad,%s\n".formatted(split));
    return run(evaluated);
  }

  private CommandRun run(String split) throws IOException {
    RandomModel.write(directory);
    return run(directory.toString(), split);
  }

  private CommandRun run(String model, String split) {
    return CommandRun.of(
        "evaluate",
        "--model",
        model,
        "--manifest",
        directory.resolve("clips.csv").toString(),
        "--audio",
        callers.toString(),
        "--split",
        split,
        "--json");
  }
}
