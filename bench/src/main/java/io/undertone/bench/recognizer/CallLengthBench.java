package io.undertone.bench.recognizer;

import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.Quantiles;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.bench.measure.Stopwatch;
import io.undertone.model.EmotionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cost of an utterance by its position in the call. At the end, utterances of a long call and
 * of a new call alternate, so that load on the machine hardly affects their ratio.
 */
public final class CallLengthBench {
  private static final int UTTERANCE_MS = 1_200;

  /** Utterances of the new call. Their median stands for utterance 10. */
  private static final int PAIRS = 20;

  private CallLengthBench() {}

  /**
   * The figures of a run.
   *
   * @param lastUtterance number of utterances of the long call
   * @param lastOverTenth median cost at its end, relative to that around utterance 10
   * @param coreMsByUtterance median cost of each group of utterances, by the group's first
   *     utterance
   */
  public record Result(
      int lastUtterance, double lastOverTenth, SortedMap<Integer, Double> coreMsByUtterance) {}

  /** Runs a call for 2,000 utterances, or fewer with {@link Effort#SMOKE}. */
  public static Result run(EmotionModel model, SpeechClips speech, Effort effort) {
    int last = effort == Effort.SMOKE ? 60 : 2_000;
    int group = last / 20;
    SortedMap<Integer, Double> costs = new TreeMap<>();
    try (Conversations calls = new Conversations(model, speech, 2)) {
      List<Double> costMs = new ArrayList<>();
      // Conversations has already recognized utterance 1.
      for (int position = 2; position <= last - PAIRS; position++) {
        costMs.add(cost(calls, 0));
        if (costMs.size() == group) {
          costs.put(position - group + 1, Quantiles.of(costMs).p50());
          costMs.clear();
        }
      }
      List<Double> late = new ArrayList<>();
      List<Double> early = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        late.add(cost(calls, 0));
        early.add(cost(calls, 1));
      }
      return new Result(last, Quantiles.of(late).p50() / Quantiles.of(early).p50(), costs);
    }
  }

  private static double cost(Conversations calls, int call) {
    Stopwatch watch = Stopwatch.startFine();
    calls.recognize(call, 1, UTTERANCE_MS);
    return 1000 * watch.elapsed().coreSeconds();
  }
}
