package io.undertone.evaluation.ablation;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.EvaluatedChannel;
import io.undertone.evaluation.dialogue.MemoryPlan;
import io.undertone.evaluation.dialogue.TurnRecognizer;
import io.undertone.evaluation.dialogue.Windows;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.EngineContext;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.TokenLearningEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recognizes with several memories of each channel side by side, which read their prefixes at every
 * utterance, or at some. Their order rotates from turn to turn, so that none always meets cold
 * caches. The channels' own memories learn nothing.
 */
final class RefreshRecognizer implements TurnRecognizer, AutoCloseable {
  private final TokenLearningEngine engine;
  private final int windowTokens;
  private final List<RefreshedMemories> all = new ArrayList<>();
  private int turn;

  /**
   * @param engine of the channels' own memories
   * @param refreshes how often prefixes are read, in utterances; the first is the reference
   */
  RefreshRecognizer(
      TokenLearningEngine engine, MemoryPlan plan, List<Integer> refreshes, EngineContext context) {
    this.engine = engine;
    this.windowTokens = plan.memory().windowTokens();
    try {
      for (int refresh : refreshes) {
        MemoryPlan refreshed = plan.with(TokenLearningChanges.ofPrefixRefresh(refresh));
        all.add(new RefreshedMemories(refresh, refreshed.memory().open(context)));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The name of the condition of a refresh. */
  static String at(int refreshUtterances) {
    return Conditions.MEMORY + refreshUtterances;
  }

  @Override
  public Map<String, List<EmotionEstimate>> recognize(
      List<EvaluatedChannel> channels, List<TokenizedUtterance> utterances) {
    all.forEach(memories -> memories.follow(channels));
    List<RefreshedMemories> rotated = new ArrayList<>(all);
    Collections.rotate(rotated, turn++);
    rotated.forEach(memories -> memories.recognize(utterances));
    all.forEach(memories -> memories.compareWith(all.get(0)));
    List<LiveMemory> own = EvaluatedChannel.memories(channels);
    engine.append(own, utterances.stream().map(TokenizedUtterance::tokens).toList());
    Map<String, List<EmotionEstimate>> estimates = new LinkedHashMap<>();
    all.forEach(memories -> estimates.put(at(memories.refreshUtterances()), memories.estimates()));
    estimates.put(Conditions.WINDOW, engine.estimateWithoutMemory(Windows.last(own, windowTokens)));
    return estimates;
  }

  /** The drifts so far, by refresh in utterances. */
  Map<Integer, Drift> drifts() {
    Map<Integer, Drift> drifts = new LinkedHashMap<>();
    all.forEach(memories -> drifts.put(memories.refreshUtterances(), memories.drift()));
    return drifts;
  }

  @Override
  public void close() {
    all.forEach(RefreshedMemories::close);
  }
}
