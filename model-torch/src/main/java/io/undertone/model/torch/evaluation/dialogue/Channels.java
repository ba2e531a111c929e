package io.undertone.model.torch.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Dialogues heard as the product hears calls: each role is a channel, with a memory and a history
 * of its own.
 */
final class Channels {

  private Channels() {}

  /**
   * Hears each channel as if it were a dialogue of its own.
   *
   * @param hearing hears dialogues in their order
   * @return in the order of the dialogues, with estimates in the order of their turns
   */
  static List<HeardDialogue> hear(
      List<Dialogue> dialogues, Function<List<Dialogue>, List<HeardDialogue>> hearing) {
    List<Dialogue> channels =
        dialogues.stream().flatMap(dialogue -> roles(dialogue).map(dialogue::onlyRole)).toList();
    Iterator<HeardDialogue> heard = hearing.apply(channels).iterator();
    List<HeardDialogue> joined = new ArrayList<>();
    for (Dialogue dialogue : dialogues) {
      Map<String, HeardDialogue> byRole = new LinkedHashMap<>();
      roles(dialogue).forEach(role -> byRole.put(role, heard.next()));
      joined.add(joined(dialogue, byRole));
    }
    return joined;
  }

  private static Stream<String> roles(Dialogue dialogue) {
    return dialogue.turns().stream().map(Turn::role).distinct();
  }

  private static HeardDialogue joined(Dialogue dialogue, Map<String, HeardDialogue> byRole) {
    Map<String, List<EmotionEstimate>> estimates = new HashMap<>();
    for (String condition : byRole.values().iterator().next().estimates().keySet()) {
      EmotionEstimate[] ofTurns = new EmotionEstimate[dialogue.turns().size()];
      byRole.forEach(
          (role, heard) -> {
            Iterator<EmotionEstimate> next = heard.under(condition).iterator();
            for (int turn = 0; turn < ofTurns.length; turn++) {
              if (dialogue.turns().get(turn).role().equals(role)) {
                ofTurns[turn] = next.next();
              }
            }
          });
      estimates.put(condition, List.of(ofTurns));
    }
    return new HeardDialogue(dialogue, estimates);
  }
}
