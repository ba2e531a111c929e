package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the savepoints of earlier versions among the test resources of module local. */
class MemoriesTest {
  private static final Path SAVEPOINTS = Path.of("../local/src/test/resources/savepoints");
  private static final String SAVEPOINT = SAVEPOINTS.resolve("0.1.0-49aec99").toString();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"0.1.0-49aec99", "0.1.0-b0f08fd"})
  void listsTheMemoriesOfEachVersion(String version) throws IOException {
    CommandRun run = CommandRun.of("memories", SAVEPOINTS.resolve(version).toString(), "--json");

    assertThat(run.status()).as(run.err().toString()).isZero();
    assertThat(run.out()).anyMatch(line -> line.contains(" pcm ")).anyMatch(this::isModel);
    JsonNode counts = new ObjectMapper().readTree(run.out().get(run.out().size() - 1));
    assertThat(counts.path("memories").asInt()).isGreaterThan(2);
    assertThat(counts.path("calls").asInt()).isGreaterThan(1);
    assertThat(counts.path("bytes").asInt()).isGreaterThan(1_000);
    assertThat(counts.path("keys").path("none").asInt()).isEqualTo(counts.path("memories").asInt());
  }

  private boolean isModel(String line) {
    return line.startsWith("by model: ");
  }

  @Test
  void filtersByConversation() {
    CommandRun run = CommandRun.of("memories", SAVEPOINT, "--conversation", "pcm");

    assertThat(run.out()).anyMatch(line -> line.contains(" pcm "));
    assertThat(run.out()).noneMatch(line -> line.contains(" opus "));
  }

  @Test
  void exportsVoicesOnlyIfAskedAndWarnsThen() throws IOException {
    Path plain = folder.resolve("plain.jsonl");
    Path voices = folder.resolve("voices.jsonl");
    CommandRun without = CommandRun.of("memories", SAVEPOINT, "--export", plain.toString());
    CommandRun with =
        CommandRun.of("memories", SAVEPOINT, "--export", voices.toString(), "--with-voices");

    assertThat(without.err()).isEmpty();
    assertThat(with.err()).anyMatch(line -> line.contains("protect it"));
    JsonNode first = new ObjectMapper().readTree(Files.readAllLines(plain).get(0));
    assertThat(first.path("updateStep").asInt()).isPositive();
    assertThat(first.has("tensors")).isFalse();
    assertThat(first.has("history")).isFalse();
    assertThat(first.has("lastEstimate")).isFalse();
    JsonNode voice = new ObjectMapper().readTree(Files.readAllLines(voices).get(0));
    assertThat(voice.path("tensors").isEmpty()).isFalse();
    assertThat(voice.path("history").isArray()).isTrue();
  }

  @Test
  void erasesACallFromACopy() throws IOException {
    Path copy = folder.resolve("erased");
    String call = call("pcm");
    CommandRun run = CommandRun.of("memories", SAVEPOINT, "--erase", call, "--to", copy.toString());

    assertThat(run.status()).as(run.err().toString()).isZero();
    List<String> before = rows(SAVEPOINT);
    assertThat(rows(copy.toString()))
        .isEqualTo(before.stream().filter(row -> !row.contains(" pcm ")).toList())
        .hasSizeLessThan(before.size());
  }

  @Test
  void saysThatACallIsNotThere() {
    CommandRun run =
        CommandRun.of(
            "memories", SAVEPOINT, "--erase", "a/b", "--to", folder.resolve("x").toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).anyMatch(line -> line.contains("nothing of a/b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--erase a/b", "--to x", "--with-voices", "--erase a --to x"})
  void refusesOptionsThatDoNotFit(String options) {
    assertThat(CommandRun.of(("memories " + SAVEPOINT + " " + options).split(" ")).status())
        .isEqualTo(2);
  }

  @Test
  void saysThatAFolderIsNoSavepoint() {
    CommandRun run = CommandRun.of("memories", folder.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).anyMatch(line -> line.contains("_metadata"));
  }

  /** Tenant and id of a conversation, from the list. */
  private static String call(String conversationId) {
    return rows(SAVEPOINT).stream()
        .map(row -> row.split(" +"))
        .filter(columns -> columns[1].equals(conversationId))
        .map(columns -> columns[0] + "/" + columns[1])
        .findFirst()
        .orElseThrow();
  }

  /** The list, without its head and the statistics. */
  private static List<String> rows(String savepoint) {
    List<String> out = CommandRun.of("memories", savepoint).out();
    return out.subList(1, out.size()).stream()
        .takeWhile(row -> !row.matches("\\d+ mem.*"))
        .toList();
  }
}
