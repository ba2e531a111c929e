package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.audio.file.AudioFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Evaluates a model of random weights on dialogues whose turns are the callers' sides of bundled
 * calls.
 */
class EvaluateDialoguesTest {
  private static final List<String> CLIPS =
      List.of("lost-parcel.wav", "cold-house.wav", "cancelled-trip.wav");
  private static final List<String> CONDITIONS =
      List.of("noContext", "noContextFilter", "window", "windowFilter", "memory", "memoryFilter");
  private static final List<String> WITH_CLASSIFIER =
      Stream.concat(CONDITIONS.stream(), Stream.of("classifier")).toList();

  @TempDir private Path directory;

  private Path callers;

  @BeforeEach
  void writeModelAndTurns() throws IOException, AudioFileException {
    RandomModel.write(directory);
    callers = CallerRecordings.in(directory);
  }

  @Test
  void endsWithAllMetricsAsJson() throws IOException {
    Path plots = directory.resolve("plots");
    RandomModel.writeClassifier(directory);

    CommandRun run =
        evaluate(
            "--conversations",
            dialogues("test", turn("ang", 0), turn("sad", 1), turn("neu", 2)),
            "--conversations",
            dialogues("more", turn("hap", 2), turn("neu", 0)),
            "--choose-on",
            dialogues("dev", turn("sad", 1), turn("neu", 0)),
            "--ablation",
            "stepping",
            "--plots",
            plots.toString(),
            "--passes",
            "2");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    JsonNode json = lastLine(run);
    for (String condition : WITH_CLASSIFIER) {
      JsonNode metrics = json.path("dialogues").path(condition);
      for (String name : List.of("WA", "UA", "WF1", "NLL", "ECE")) {
        assertThat(metrics.path(name).isNumber()).as(condition + " " + name).isTrue();
      }
      assertThat(metrics.path("utterances").intValue()).isEqualTo(5);
      assertThat(metrics.path("confusion")).hasSize(4);
      assertThat(plots.resolve("confusion-" + condition + ".svg")).isRegularFile();
      assertThat(plots.resolve("reliability-" + condition + ".svg")).isRegularFile();
    }
    assertThat(plots.resolve("positions.svg")).content().startsWith("<svg").endsWith("</svg>\n");
    for (String condition : List.of("memory", "memoryFilter")) {
      JsonNode interval = json.path("dialogues").path(condition).path("gainInterval");
      assertThat(interval).hasSize(2);
      assertThat(interval.get(0).doubleValue()).isLessThanOrEqualTo(interval.get(1).doubleValue());
    }
    assertThat(json.path("best").path("base").textValue()).isEqualTo("windowFilter");
    assertThat(run.out()).filteredOn(line -> line.contains("the better of memory")).hasSize(1);
    assertThat(run.out().stream().filter(line -> line.matches("  \\w+ - \\w+ .*")))
        .as("each gain once")
        .extracting(line -> line.replaceFirst(", .* filter$", ""))
        .doesNotHaveDuplicates();
    assertThat(json.path("byFile").path("more").path("window").path("utterances").intValue())
        .isEqualTo(2);
    assertThat(json.path("byCorpus").has("calls")).isTrue();
    assertThat(json.path("filter").path("chosenFromUA").path("window")).hasSize(20);
    assertThat(json.path("ablations").path("stepping")).hasSize(4);
    assertThat(json.path("settings").path("passes").intValue()).isEqualTo(2);
    assertThat(json.path("settings").path("prefixTokens").intValue()).isEqualTo(32);
  }

  @Test
  void callsAreJudgedByTheirEpisodes() throws IOException {
    Path plots = directory.resolve("plots");
    String calls = dialogues("calls", turn("neu", 0), turn("ang", 1), turn("neu", 2));
    Files.writeString(Path.of(calls), Files.readString(Path.of(calls)).replace("long", "call"));

    CommandRun run =
        evaluate(
            "--conversations",
            calls,
            "--prior",
            "happy=0.1,sad=0.05,angry=0.1,neutral=0.75",
            "--plots",
            plots.toString());

    assertThat(run.err()).isEmpty();
    JsonNode json = lastLine(run).path("calls");
    assertThat(json.path("calls").intValue()).isEqualTo(1);
    for (String alarm : List.of("emotion", "anger")) {
      JsonNode memory = json.path("alarms").path(alarm).path("memory");
      assertThat(memory.path("found").doubleValue()).isEqualTo(1);
      assertThat(memory.path("falseAlarmsAnHour").isNumber()).isTrue();
      assertThat(memory.path("curve").get(0)).hasSize(3);
      assertThat(json.path("alarms").path(alarm).path("memoryMinusWindowInterval")).hasSize(2);
      assertThat(plots.resolve("alarms-" + alarm + ".svg")).content().startsWith("<svg");
    }
    assertThat(json.path("angerAUC").path("memory").path("value").doubleValue())
        .isBetween(0.0, 1.0);
    assertThat(lastLine(run).path("settings").path("prior").textValue())
        .isEqualTo("happy=0.1,sad=0.05,angry=0.1,neutral=0.75");
    assertThat(run.out()).anyMatch(line -> line.startsWith("1 calls, "));
    assertThat(run.out()).anyMatch(line -> line.startsWith("  memory - window "));
  }

  @Test
  void withoutCallsThereIsNothingOfThem() throws IOException {
    CommandRun run = evaluate("--conversations", dialogues("test", turn("neu", 0)));

    assertThat(lastLine(run).has("calls")).isFalse();
  }

  @Test
  void choosesAFilterWithoutAnEvaluation() throws IOException {
    CommandRun run = evaluate("--choose-on", dialogues("dev", turn("sad", 1), turn("neu", 0)));

    assertThat(run.status()).isZero();
    assertThat(lastLine(run).path("filter").path("stay").path("memory").isNumber()).isTrue();
    assertThat(lastLine(run).has("dialogues")).isFalse();
    assertThat(run.out()).anyMatch(line -> line.matches("  stay +noContext +window +memory"));
    assertThat(run.out()).anyMatch(line -> line.matches("  0.95( +[01][.]\\d{3}){3}"));
  }

  @Test
  void reusesPrefixesBetweenUtterances() throws IOException {
    String file = dialogues("test", turn("sad", 1), turn("neu", 0), turn("ang", 2));

    CommandRun run =
        evaluate(
            "--conversations",
            file,
            "--prefix",
            "24",
            "--prefix-refresh",
            "2",
            "--ablation",
            "refresh");

    JsonNode json = lastLine(run);
    assertThat(json.path("settings").path("prefixRefreshUtterances").intValue()).isEqualTo(2);
    JsonNode rows = json.path("ablations").path("refresh");
    assertThat(rows).hasSize(4);
    assertThat(rows.get(1).path("drift").path("coreMs").doubleValue()).isPositive();
    assertThat(rows.get(1).path("memory").path("NLL").doubleValue())
        .isEqualTo(json.path("dialogues").path("memory").path("NLL").doubleValue());
    assertUserError(
        "prefixTokens must be at most windowTokens",
        "--conversations",
        file,
        "--ablation",
        "refresh");
  }

  @Test
  void evaluatesOneRoleOnly() throws IOException {
    String file = dialogues("test", turn("sad", 1), turn("neu", 0).replace("CUSTOMER", "AGENT"));

    CommandRun run = evaluate("--conversations", file, "--role", "customer", "--stay", "0.5");

    assertThat(lastLine(run).path("dialogues").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(CONDITIONS);
    assertThat(lastLine(run).path("dialogues").path("memory").path("utterances").intValue())
        .isEqualTo(1);
    assertUserError("no turns of role CALLER", "--conversations", file, "--role", "caller");
  }

  @Test
  void reportsInvalidInputInOneLine() throws IOException {
    String good = dialogues("good", turn("sad", 1));

    assertUserError(
        "emotion must be one of hap, sad, ang, neu, but is 'bored'",
        "--conversations",
        dialogues("odd", turn("bored", 0)));
    assertUserError(
        "path must be a readable file in",
        "--conversations",
        dialogues("gone", turn("sad", 1).replace("cold-house", "gone")));
    assertUserError(
        "must have a dialogue per line",
        "--conversations",
        Files.writeString(directory.resolve("empty.jsonl"), "").toString());
    assertUserError("cannot be read", "--conversations", "missing.jsonl");
    assertUserError("must have other dialogues", "--conversations", good, "--choose-on", good);
    assertUserError("must not be given together", "--stay", "0.5", "--choose-on", good);
    assertUserError("stay must be at least 0", "--conversations", good, "--stay", "1.5");
    assertUserError("rank must be at least 1", "--conversations", good, "--rank", "0");
    assertUserError("passes must be at least 1", "--conversations", good, "--passes", "0");
    assertUserError("target must be one of", "--conversations", good, "--targets", "x_proj");
    assertUserError("nothing to evaluate");
  }

  @Test
  void asksFirstWhatToEvaluateAndThenForItsAudio() throws IOException {
    String file = dialogues("good", turn("sad", 1));

    CommandRun nothing = CommandRun.of("evaluate");
    CommandRun withoutAudio = CommandRun.of("evaluate", "--conversations", file);

    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.err()).singleElement().asString().contains("nothing to evaluate");
    assertThat(withoutAudio.status()).isEqualTo(2);
    assertThat(withoutAudio.err()).singleElement().asString().contains("--audio");
  }

  @Test
  void rejectsOptionsWithoutEffect() throws IOException {
    String dev = dialogues("dev", turn("sad", 1));

    assertUserError(
        "--plots must not be given without --conversations", "--choose-on", dev, "--plots", "p");
    assertUserError(
        "--saved-weights must not be given with --ablation",
        "--conversations",
        dev,
        "--ablation",
        "stepping",
        "--saved-weights",
        "int8");
    assertUserError(
        "--rank must not be given without --conversations or --choose-on",
        "--manifest",
        "clips.csv",
        "--rank",
        "4");
    assertUserError(
        "--split must not be given without --manifest", "--choose-on", dev, "--split", "dev");
  }

  private void assertUserError(String message, String... arguments) {
    CommandRun run = evaluate(arguments);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains(message);
  }

  private CommandRun evaluate(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                directory.toString(),
                "--audio",
                callers.toString(),
                "--json"));
    all.addAll(Arrays.asList(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static JsonNode lastLine(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out().get(run.out().size() - 1));
  }

  private String dialogues(String name, String... turns) throws IOException {
    String line =
        "{\"id\": \"%s\", \"kind\": \"long\", \"turns\": [%s]}\n"
            .formatted(name, String.join(", ", turns));
    return Files.writeString(directory.resolve(name + ".jsonl"), line).toString();
  }

  private static String turn(String emotion, int clip) {
    return "{\"role\": \"CUSTOMER\", \"speaker\": \"calls/%d\", \"emotion\": \"%s\", \"path\": \"%s\"}"
        .formatted(clip, emotion, CLIPS.get(clip));
  }
}
