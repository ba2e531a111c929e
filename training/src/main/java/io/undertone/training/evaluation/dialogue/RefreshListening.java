package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.dpm.DynamicParameterMemory;
import io.undertone.model.torch.dpm.TemporaryLora;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hears with memories that read their prefix at every utterance, and with others that do so less
 * often, side by side. Who hears an utterance first changes from turn to turn, so that nobody is
 * always the one who finds caches cold. The calls' own memories learn nothing.
 */
final class RefreshListening implements Listening {
  private final DynamicParameterMemory dpm;
  private final List<RefreshTwins> all;
  private int turn;

  /**
   * @param dpm of the calls' memories
   * @param all the first are what the others are compared with
   */
  RefreshListening(DynamicParameterMemory dpm, List<RefreshTwins> all) {
    this.dpm = dpm;
    this.all = all;
  }

  /** The condition's name for a refresh. */
  static String at(int refreshUtterances) {
    return Conditions.MEMORY + refreshUtterances;
  }

  @Override
  public Map<String, List<EmotionEstimate>> hear(
      List<Call> calls, List<int[]> utterances, List<Delivery> deliveries) {
    all.forEach(twins -> twins.follow(calls));
    List<RefreshTwins> inTurn = new ArrayList<>(all);
    Collections.rotate(inTurn, turn++);
    inTurn.forEach(twins -> twins.hear(utterances));
    all.forEach(twins -> twins.compareWith(all.get(0)));
    List<TemporaryLora> own = calls.stream().map(Call::memory).toList();
    dpm.remember(own, utterances);
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    all.forEach(twins -> estimates.put(at(twins.refreshUtterances()), twins.estimates()));
    estimates.put(Conditions.WINDOW, dpm.estimateWithoutMemory(own));
    return estimates;
  }
}
