package io.undertone.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.Emotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialogueFileTest {
  @TempDir Path directory;

  @BeforeEach
  void record() throws IOException {
    Files.writeString(directory.resolve("a.wav"), "");
  }

  @Test
  void readsADialoguePerLine() throws IOException {
    List<Dialogue> dialogues = read(line("ang", "a.wav") + "\n\n" + line("sad", "a.wav") + "\n");

    assertThat(dialogues)
        .first()
        .isEqualTo(
            new Dialogue(
                "d1",
                "dialogues",
                List.of(new Turn("CUSTOMER", "corpus/1", Emotion.ANGRY, "a.wav"))));
    assertThat(dialogues.get(0).turns().get(0).corpus()).isEqualTo("corpus");
    assertThat(dialogues.get(0).onlyRole("AGENT").turns()).isEmpty();
    assertThat(dialogues).hasSize(2);
  }

  @Test
  void aCallIsNeutralButForOneEpisode() throws IOException {
    String call = line("ang", "a.wav").replace("long", "call");

    assertThat(read(call).get(0).kind()).isEqualTo(Dialogue.Kind.CALL);
    assertThat(read(line("ang", "a.wav")).get(0).kind()).isEqualTo(Dialogue.Kind.DIALOGUE);
    rejects(
        call.replace("\"ang\"", "\"neu\""),
        "line 1: a call must have 1 episode of an emotion other than neutral, but has 0");
  }

  @Test
  void acceptsRolesInAnyCase() throws IOException {
    List<Dialogue> dialogues = read(line("ang", "a.wav").replace("CUSTOMER", "Customer"));

    assertThat(dialogues.get(0).onlyRole("CUSTOMER").turns()).hasSize(1);
  }

  @Test
  void namesTheFaultAndItsPlace() {
    rejects("", "must have a dialogue per line, but has none");
    rejects(
        "no dialogue",
        "line 1: a dialogue must be a JSON object, but the line is no JSON (Unrecognized token"
            + " 'no'");
    rejects("[1]", "line 1: a dialogue must be a JSON object, but is ARRAY");
    rejects("{\"id\": \"d\", \"kind\": \"k\"}", "line 1: turns must be a list of at least 1");
    rejects(
        line("ang", "a.wav") + "\n" + line("bored", "a.wav"),
        "line 2, turn 1: emotion must be one of hap, sad, ang, neu, but is 'bored'");
    rejects(line("ang", "b.wav"), "line 1, turn 1: path must be a readable file in");
    rejects(
        line("ang", "a.wav").replace("\"role\"", "\"rule\""),
        "line 1, turn 1: role must be a text, but is missing");
    rejects(
        line("ang", "a.wav").replace("corpus/1", "1"),
        "line 1, turn 1: speaker must be corpus/name, but is '1'");
    assertThatThrownBy(() -> DialogueFile.read(directory.resolve("none.jsonl"), directory))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("none.jsonl must be a file of dialogues, but cannot be read");
  }

  private void rejects(String content, String message) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("dialogues.jsonl");
  }

  private List<Dialogue> read(String content) throws IOException {
    return DialogueFile.read(
        Files.writeString(directory.resolve("dialogues.jsonl"), content), directory);
  }

  private static String line(String emotion, String path) {
    return """
        {"id": "d1", "kind": "long", "turns": [{"role": "CUSTOMER", "speaker": "corpus/1", \
        "emotion": "%s", "path": "%s"}]}"""
        .formatted(emotion, path);
  }
}
