package io.undertone.dashboard.calls;

import java.util.ArrayList;
import java.util.List;

/**
 * How much a call needs somebody.
 *
 * @param score from 0 to 100
 * @param reasons why, the gravest first
 */
public record Need(int score, List<Reason> reasons) {
  public static final Need NONE = new Need(0, List.of());

  /** Why a call needs somebody. */
  public enum Reason {
    ALERT,
    ANGRY,
    SAD,
    TURNED,
    LASTING,
    RECOVERING
  }

  private static final int RECENT = 8;
  private static final double HALF_LIFE_MS = 30_000;

  /** One utterance alone says less than several that agree. */
  private static final double DOUBT = 0.3;

  private static final double RECENT_SHARE = 0.8;
  private static final int LASTING_UTTERANCES = 4;
  private static final int TURNED_WITHIN = 3;
  private static final int ALERT_SCORE = 50;

  /**
   * The need of a live call: four fifths are the negativity of the side's last utterances (anger
   * plus 0.6 of sadness; half weight after thirty seconds), one fifth is how many of them in a row
   * are negative, up to four. An alert that fires and that nobody has acknowledged halves the scale
   * and adds fifty.
   *
   * @param utterances of one side, in the order of their begin
   * @param alarmed whether there is such an alert
   */
  static Need of(List<Utterance> utterances, boolean alarmed) {
    int negativeRun = negativeRun(utterances);
    double base =
        RECENT_SHARE * negativity(utterances)
            + (1 - RECENT_SHARE) * Math.min(1, negativeRun / (double) LASTING_UTTERANCES);
    double score = alarmed ? ALERT_SCORE + 100 * base / 2 : 100 * base;
    return new Need((int) Math.round(score), reasons(utterances, alarmed, negativeRun));
  }

  private static double negativity(List<Utterance> utterances) {
    double sum = 0;
    double weights = DOUBT;
    long nowMs = utterances.get(utterances.size() - 1).endMs();
    for (Utterance utterance : recent(utterances)) {
      Probabilities probabilities = utterance.probabilities();
      if (probabilities != null) {
        long age = nowMs - utterance.endMs();
        double weight = Math.pow(0.5, Math.max(0, age) / HALF_LIFE_MS);
        sum += weight * probabilities.negativity();
        weights += weight;
      }
    }
    return sum / weights;
  }

  private static List<Utterance> recent(List<Utterance> utterances) {
    return utterances.subList(Math.max(0, utterances.size() - RECENT), utterances.size());
  }

  private static int negativeRun(List<Utterance> utterances) {
    int run = 0;
    while (run < utterances.size() && utterances.get(utterances.size() - 1 - run).isNegative()) {
      run++;
    }
    return run;
  }

  private static List<Reason> reasons(
      List<Utterance> utterances, boolean alarmed, int negativeRun) {
    List<Reason> reasons = new ArrayList<>();
    if (alarmed) {
      reasons.add(Reason.ALERT);
    }
    if (negativeRun > 0) {
      Probabilities now = utterances.get(utterances.size() - 1).probabilities();
      boolean angry = now != null && now.of("angry") >= now.of("sad");
      reasons.add(angry ? Reason.ANGRY : Reason.SAD);
      if (negativeRun >= LASTING_UTTERANCES) {
        reasons.add(Reason.LASTING);
      } else if (negativeRun <= TURNED_WITHIN && negativeRun < utterances.size()) {
        reasons.add(Reason.TURNED);
      }
    } else if (recent(utterances).stream().anyMatch(Utterance::isNegative)) {
      reasons.add(Reason.RECOVERING);
    }
    return reasons;
  }
}
