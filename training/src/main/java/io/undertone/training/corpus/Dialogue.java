package io.undertone.training.corpus;

import java.util.List;

/**
 * Labelled utterances in the order in which they are spoken.
 *
 * @param id of the conversation
 * @param source name of the file that it is from
 */
public record Dialogue(String id, String source, List<Turn> turns) {

  public Dialogue {
    turns = List.copyOf(turns);
  }

  /** The turns of one role, maybe none. */
  public Dialogue onlyRole(String role) {
    return new Dialogue(
        id, source, turns.stream().filter(turn -> turn.role().equals(role)).toList());
  }
}
