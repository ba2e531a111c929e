package io.undertone.training.evaluation.dialogue;

import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.LastHeard;
import io.undertone.model.torch.memory.MemoryEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The channels of a dialogue, one per role, as in a job: each has its own memory and history, and
 * gets the last estimate of the other side.
 */
final class Channels implements AutoCloseable {
  private static final String TENANT = "evaluation";

  private final MemoryEngine engine;
  private final long seed;
  private final Map<String, Call> calls = new LinkedHashMap<>();

  private final LastHeard<String> last = new LastHeard<>();

  Channels(MemoryEngine engine, Dialogue dialogue) {
    this.engine = engine;
    this.seed = seed(dialogue);
  }

  /** The seed of a dialogue's memories. */
  static long seed(Dialogue dialogue) {
    return ConversationSeed.of(TENANT, dialogue.id());
  }

  /** The channel of a role. */
  Call of(String role) {
    return calls.computeIfAbsent(role, any -> new Call(engine.newMemory(seed)));
  }

  /** The last estimate of the side that a role speaks to. */
  Optional<EmotionEstimate> otherSide(String role) {
    return last.besides(role);
  }

  /** Records the estimate of a role. */
  void record(String role, EmotionEstimate estimate) {
    last.heard(role, estimate);
  }

  @Override
  public void close() {
    calls.values().forEach(Call::close);
  }
}
