package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.SpokenUtterance;
import io.undertone.training.ProgressLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Hears dialogues side by side, one utterance of each at a time: the turns of each in their order.
 * Runs on the device's owner thread.
 */
final class DialogueHearing {
  private final MemoryEngine engine;
  private final ClipTokens tokens;
  private final int batch;
  private final ProgressLog progress;
  private int heardTurns;

  /**
   * @param batch how many dialogues are heard side by side
   */
  DialogueHearing(MemoryEngine engine, ClipTokens tokens, int batch, ProgressLog progress) {
    this.engine = engine;
    this.tokens = tokens;
    this.batch = batch;
    this.progress = progress;
  }

  /** In the order of the dialogues. */
  List<HeardDialogue> run(String task, List<Dialogue> dialogues, Listening listening) {
    int turns = dialogues.stream().mapToInt(dialogue -> dialogue.turns().size()).sum();
    heardTurns = 0;
    // Those of about the same length end together.
    List<Dialogue> longestFirst =
        dialogues.stream()
            .sorted(Comparator.comparingInt((Dialogue dialogue) -> -dialogue.turns().size()))
            .toList();
    Map<Dialogue, HeardDialogue> heard = new HashMap<>();
    for (int from = 0; from < longestFirst.size(); from += batch) {
      List<Dialogue> together =
          longestFirst.subList(from, Math.min(longestFirst.size(), from + batch));
      hear(together, listening, count -> progress.report(task, count, turns))
          .forEach(done -> heard.put(done.dialogue(), done));
    }
    return dialogues.stream().map(heard::get).toList();
  }

  private List<HeardDialogue> hear(
      List<Dialogue> dialogues, Listening listening, IntConsumer done) {
    List<Channels> channels = new ArrayList<>();
    List<Map<String, List<EmotionEstimate>>> estimates = new ArrayList<>();
    try {
      for (Dialogue dialogue : dialogues) {
        channels.add(new Channels(engine, dialogue));
        estimates.add(new LinkedHashMap<>());
      }
      int longest = dialogues.get(0).turns().size();
      for (int turn = 0; turn < longest; turn++) {
        int going = going(dialogues, turn);
        List<EvaluatedChannel> speaking = new ArrayList<>();
        List<SpokenUtterance> utterances = new ArrayList<>();
        for (int i = 0; i < going; i++) {
          Turn spoken = dialogues.get(i).turns().get(turn);
          speaking.add(channels.get(i).of(spoken.role()));
          utterances.add(
              new SpokenUtterance(
                  tokens.of(spoken.path()),
                  tokens.cues(spoken.path()),
                  channels.get(i).otherSide(spoken.role())));
        }
        Map<String, List<EmotionEstimate>> heard = listening.hear(speaking, utterances);
        collect(heard, estimates);
        List<EmotionEstimate> remembered = heard.getOrDefault(Conditions.MEMORY, List.of());
        for (int i = 0; i < remembered.size(); i++) {
          String role = dialogues.get(i).turns().get(turn).role();
          channels.get(i).recognized(role, turn, remembered.get(i));
        }
        heardTurns += going;
        done.accept(heardTurns);
      }
    } finally {
      channels.forEach(Channels::close);
    }
    List<HeardDialogue> heard = new ArrayList<>();
    for (int i = 0; i < dialogues.size(); i++) {
      heard.add(new HeardDialogue(dialogues.get(i), estimates.get(i)));
    }
    return heard;
  }

  /** How many have such a turn: the first ones, since the longest stand first. */
  private static int going(List<Dialogue> dialogues, int turn) {
    return (int) dialogues.stream().filter(dialogue -> dialogue.turns().size() > turn).count();
  }

  private static void collect(
      Map<String, List<EmotionEstimate>> step, List<Map<String, List<EmotionEstimate>>> calls) {
    step.forEach(
        (condition, estimates) -> {
          for (int call = 0; call < estimates.size(); call++) {
            calls
                .get(call)
                .computeIfAbsent(condition, any -> new ArrayList<>())
                .add(estimates.get(call));
          }
        });
  }
}
