package io.undertone.training.corpus;

import java.util.List;

/**
 * Labelled utterances in the order in which they are spoken.
 *
 * @param id of the conversation
 * @param source name of the file that it is from
 */
public record Dialogue(String id, String source, Kind kind, List<Turn> turns) {

  /** How a dialogue was drawn. */
  public enum Kind {
    /** By the dynamics of emotions between two speakers. */
    DIALOGUE,

    /** One caller, neutral but for one episode: successive turns of one other emotion. */
    CALL
  }

  public Dialogue {
    turns = List.copyOf(turns);
  }

  /** A dialogue of {@link Kind#DIALOGUE}. */
  public Dialogue(String id, String source, List<Turn> turns) {
    this(id, source, Kind.DIALOGUE, turns);
  }

  /** The turns of one role, maybe none. */
  public Dialogue onlyRole(String role) {
    return new Dialogue(
        id, source, kind, turns.stream().filter(turn -> turn.role().equals(role)).toList());
  }
}
