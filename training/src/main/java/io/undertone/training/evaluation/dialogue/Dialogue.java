package io.undertone.training.evaluation.dialogue;

import java.util.List;

/**
 * Labelled utterances in the order in which they are heard.
 *
 * @param id of the conversation
 * @param kind of dialogue, for people
 * @param source name of the file that it is from
 * @param turns at least one
 */
public record Dialogue(String id, String kind, String source, List<Turn> turns) {

  public Dialogue {
    turns = List.copyOf(turns);
  }

  /** What is left when one role alone is heard: maybe no turn. */
  public Dialogue onlyRole(String role) {
    return new Dialogue(
        id, kind, source, turns.stream().filter(turn -> turn.role().equals(role)).toList());
  }
}
