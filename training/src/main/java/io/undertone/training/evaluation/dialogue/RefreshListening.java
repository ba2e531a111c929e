package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.SpokenUtterance;
import io.undertone.model.torch.memory.TokenLearningEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recognizes with memories that read their prefix at every utterance, and with others that do so
 * less often, side by side. Their order changes from turn to turn, so that none always meets cold
 * caches. The channels' own memories learn nothing.
 */
final class RefreshListening implements Listening {
  private final TokenLearningEngine engine;
  private final List<RefreshTwins> all;
  private final int windowTokens;
  private int turn;

  /**
   * @param engine of the channels' memories
   * @param all the first one is the reference for the others
   */
  RefreshListening(TokenLearningEngine engine, List<RefreshTwins> all, int windowTokens) {
    this.windowTokens = windowTokens;
    this.engine = engine;
    this.all = all;
  }

  /** The condition's name for a refresh. */
  static String at(int refreshUtterances) {
    return Conditions.MEMORY + refreshUtterances;
  }

  @Override
  public Map<String, List<EmotionEstimate>> hear(
      List<EvaluatedChannel> channels, List<SpokenUtterance> utterances) {
    all.forEach(twins -> twins.follow(channels));
    List<RefreshTwins> inTurn = new ArrayList<>(all);
    Collections.rotate(inTurn, turn++);
    inTurn.forEach(twins -> twins.hear(utterances));
    all.forEach(twins -> twins.compareWith(all.get(0)));
    List<LiveMemory> own = channels.stream().map(EvaluatedChannel::memory).toList();
    engine.append(own, utterances.stream().map(SpokenUtterance::tokens).toList());
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    all.forEach(twins -> estimates.put(at(twins.refreshUtterances()), twins.estimates()));
    estimates.put(Conditions.WINDOW, engine.estimateWithoutMemory(Windows.last(own, windowTokens)));
    return estimates;
  }
}
