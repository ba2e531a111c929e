package io.undertone.evaluation.dialogue;

import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.call.LiveCall;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.training.corpus.Dialogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dialogue as a call: each role is a channel, numbered in the order in which the roles first
 * speak. The call driver is that of a job, so the evaluation measures what runs there.
 */
final class DialogueCall implements AutoCloseable {
  private static final String TENANT = "evaluation";

  private final LiveCall<EvaluatedChannel> call;
  private final List<String> roles = new ArrayList<>();

  DialogueCall(MemoryEngine engine, Dialogue dialogue) {
    long seed = seed(dialogue.id());
    this.call = new LiveCall<>(channel -> new EvaluatedChannel(engine, engine.newMemory(seed)));
  }

  /** The seed of the memories of a dialogue or a recording. */
  static long seed(String id) {
    return ConversationSeed.of(TENANT, id);
  }

  private int number(String role) {
    if (!roles.contains(role)) {
      roles.add(role);
    }
    return roles.indexOf(role);
  }

  /** The channel of a role. */
  EvaluatedChannel channel(String role) {
    return call.memory(number(role));
  }

  /** The last estimate of the side that a role speaks to. */
  Optional<EmotionEstimate> otherSide(String role) {
    return call.otherSide(number(role));
  }

  /**
   * Records the estimate of a turn.
   *
   * @param turn its index in the dialogue, which serves as its end: dialogues have no clock
   */
  void recognized(String role, int turn, EmotionEstimate estimate) {
    call.recognized(number(role), turn, estimate);
  }

  @Override
  public void close() {
    call.close();
  }
}
