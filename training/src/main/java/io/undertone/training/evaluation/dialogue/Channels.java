package io.undertone.training.evaluation.dialogue;

import io.undertone.model.ConversationSeed;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.LastHeard;
import io.undertone.model.torch.dpm.DynamicParameterMemory;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dialogue that is being heard as the product hears calls: each role is a channel, with a memory
 * and a history of its own, and is told what the other one was last heard to feel.
 */
final class Channels implements AutoCloseable {
  private static final String TENANT = "evaluation";

  private final DynamicParameterMemory dpm;
  private final long seed;
  private final Map<String, Call> calls = new LinkedHashMap<>();

  private final LastHeard<String> last = new LastHeard<>();

  Channels(DynamicParameterMemory dpm, Dialogue dialogue) {
    this.dpm = dpm;
    this.seed = seed(dialogue);
  }

  /** That of a dialogue's memories. */
  static long seed(Dialogue dialogue) {
    return ConversationSeed.of(TENANT, dialogue.id());
  }

  /** A role's call. */
  Call of(String role) {
    return calls.computeIfAbsent(role, any -> new Call(dpm.newMemory(seed)));
  }

  /**
   * How an utterance was said after the other side's last one.
   *
   * @param said how it was said
   */
  Delivery delivered(String role, Delivery said) {
    return said.after(last.besides(role));
  }

  /** Takes down what a role was heard to feel. */
  void heard(String role, EmotionEstimate estimate) {
    last.heard(role, estimate);
  }

  @Override
  public void close() {
    calls.values().forEach(Call::close);
  }
}
