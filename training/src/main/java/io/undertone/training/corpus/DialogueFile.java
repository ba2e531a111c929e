package io.undertone.training.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.model.Emotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads dialogues, one JSON object per line; other fields are ignored, and so is any kind but
 * {@code call}:
 *
 * <pre>{@code
 * {"id": "d1", "kind": "call", "turns": [
 *   {"role": "CUSTOMER", "speaker": "cremad/1070", "emotion": "ang", "path": "cremad/1.flac"}, …]}
 * }</pre>
 */
public final class DialogueFile {

  private static final String CALL = "call";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DialogueFile() {}

  /**
   * Reads all dialogues of a file.
   *
   * @param audio directory that paths are relative to
   * @return roles in upper case
   * @throws CorpusException names file, line and turn of a value that is missing, a line that is no
   *     JSON object, an emotion that is unknown, a speaker without a corpus, a recording that
   *     cannot be read, or a call with another number of episodes than one
   */
  public static List<Dialogue> read(Path file, Path audio) {
    List<Dialogue> dialogues = new ArrayList<>();
    List<String> lines = lines(file);
    for (int line = 0; line < lines.size(); line++) {
      if (!lines.get(line).isBlank()) {
        dialogues.add(dialogue(lines.get(line), file, line + 1, audio));
      }
    }
    if (dialogues.isEmpty()) {
      throw new CorpusException(file + " must have a dialogue per line, but has none");
    }
    return dialogues;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new CorpusException(file + " must be a file of dialogues, but cannot be read", e);
    }
  }

  private static Dialogue dialogue(String json, Path file, int line, Path audio) {
    String where = file + ", line " + line;
    JsonNode node = parsed(json, where);
    List<Turn> turns = new ArrayList<>();
    for (JsonNode turn : node.path("turns")) {
      turns.add(turn(turn, where + ", turn " + (turns.size() + 1), audio));
    }
    if (turns.isEmpty()) {
      throw new CorpusException(where + ": turns must be a list of at least 1");
    }
    String source = String.valueOf(file.getFileName()).replaceFirst("\\.jsonl$", "");
    Dialogue.Kind kind =
        node.path("kind").asText().equals(CALL) ? Dialogue.Kind.CALL : Dialogue.Kind.DIALOGUE;
    if (kind == Dialogue.Kind.CALL) {
      checkEpisode(turns, where);
    }
    return new Dialogue(text(node, "id", where), source, kind, turns);
  }

  private static void checkEpisode(List<Turn> turns, String where) {
    int episodes = 0;
    Emotion before = Emotion.NEUTRAL;
    for (Turn turn : turns) {
      episodes += turn.emotion() != before && turn.emotion() != Emotion.NEUTRAL ? 1 : 0;
      before = turn.emotion();
    }
    if (episodes != 1) {
      throw new CorpusException(
          "%s: a call must have 1 episode of an emotion other than neutral, but has %d"
              .formatted(where, episodes));
    }
  }

  private static JsonNode parsed(String json, String where) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (!node.isObject()) {
        throw new CorpusException(
            where + ": a dialogue must be a JSON object, but is " + node.getNodeType());
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new CorpusException(
          "%s: a dialogue must be a JSON object, but the line is no JSON (%s)"
              .formatted(where, e.getOriginalMessage()),
          e);
    }
  }

  private static Turn turn(JsonNode node, String where, Path audio) {
    String path = text(node, "path", where);
    if (!Files.isReadable(audio.resolve(path))) {
      throw new CorpusException(
          where + ": path must be a readable file in " + audio + ", but is '" + path + "'");
    }
    try {
      Emotion emotion = Emotion.ofShortName(text(node, "emotion", where));
      String role = text(node, "role", where).toUpperCase(Locale.ROOT);
      return new Turn(role, speaker(node, where), emotion, path);
    } catch (IllegalArgumentException e) {
      throw new CorpusException(where + ": " + e.getMessage(), e);
    }
  }

  /** Results are grouped by the speakers' corpus. */
  private static String speaker(JsonNode node, String where) {
    String speaker = text(node, "speaker", where);
    int slash = speaker.indexOf('/');
    if (slash < 1 || slash == speaker.length() - 1) {
      throw new CorpusException(
          "%s: speaker must be corpus/name, but is '%s'".formatted(where, speaker));
    }
    return speaker;
  }

  private static String text(JsonNode node, String field, String where) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new CorpusException(
          "%s: %s must be a text, but is %s"
              .formatted(where, field, value.isMissingNode() ? "missing" : value));
    }
    return value.textValue();
  }
}
