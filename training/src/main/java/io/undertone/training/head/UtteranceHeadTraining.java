package io.undertone.training.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import io.undertone.training.corpus.Clip;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.sampling.LabelTargets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains an {@link UtteranceHead}: multinomial logistic regression on the statistics, and their
 * first principal components as voice.
 *
 * @param targets of the labels, in their order
 */
public record UtteranceHeadTraining(
    NDManager manager, FeatureStore features, LabelTargets targets) {

  /** Largest number of voice values. */
  public static final int VOICE_WIDTH = 64;

  /**
   * Trains a head and writes it into a directory.
   *
   * @param train training clips, some of them with statistics
   */
  public void run(List<Clip> train, Path directory) {
    try (NDManager scope = manager.newSubManager()) {
      WeightedStatistics statistics = WeightedStatistics.of(train, features, targets);
      WeightedStatistics.Scaling scaling = statistics.scaling();
      NDArray rows = statistics.scaled(scaling, scope);
      LogisticRegression.Solution solution =
          new LogisticRegression(scope).solve(rows, statistics.weightedTargets(scope));
      int width = scaling.mean().length;
      Map<String, NDArray> weights = new LinkedHashMap<>();
      weights.put(UtteranceHead.MEAN, scope.create(scaling.mean()));
      weights.put(UtteranceHead.SCALE, scope.create(scaling.scale()));
      weights.put(UtteranceHead.LABELS_WEIGHT, solution.weight());
      weights.put(
          UtteranceHead.LABELS_BIAS, solution.bias().sub(scope.create(targets.logPrior(train))));
      weights.put(UtteranceHead.VOICE_WEIGHT, voice(rows.mul(statistics.rootShares(scope)), width));
      UtteranceHead.save(directory, weights);
    }
  }

  private static NDArray voice(NDArray weightedRows, int width) {
    NDArray covariance = weightedRows.transpose().matMul(weightedRows);
    return PrincipalComponents.of(covariance, voiceWidth(width));
  }

  /** Number of voice values of a head for a number of statistics. */
  public static int voiceWidth(int statisticsWidth) {
    return Math.min(VOICE_WIDTH, statisticsWidth);
  }
}
