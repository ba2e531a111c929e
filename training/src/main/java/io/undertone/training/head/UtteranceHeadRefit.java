package io.undertone.training.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import io.undertone.training.corpus.Clip;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.sampling.ClipShares;
import io.undertone.training.sampling.LabelTargets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Fits the logits of a finished {@link UtteranceHead} to other clips. The penalty draws the weights
 * towards those of the finished head, and the less the more clips there are. Weights of labels that
 * no clip has stay as they are, and so do the scaling of the statistics and the values of the
 * voice.
 *
 * @param labels of the head, in its order
 * @param source directory of the finished head
 */
public record UtteranceHeadRefit(
    NDManager manager, FeatureStore features, List<String> labels, Path source) {

  /**
   * Penalty of the weights for one clip. Chosen on CREMA-D and EMO-DB, each with a model that had
   * not learned it: 10 to 100 differ by a point, for 50 to 500 clips.
   */
  private static final float PENALTY = 30;

  /** The start is near the solution, so steps are smaller than from zero. */
  private static final float LEARNING_RATE = 3e-3f;

  private static final int STEPS = 400;

  /**
   * Fits a head and writes it into a directory.
   *
   * @param train clips with labels of the head, or with a distribution of emotions
   */
  public void run(List<Clip> train, Path directory) {
    try (NDManager scope = manager.newSubManager();
        TensorFiles files = TensorFiles.ofFile(source.resolve(UtteranceHead.WEIGHTS_FILE))) {
      int[] fitted = fitted(train);
      LogisticRegression.Solution solution = solve(train, fitted, files, scope);
      Map<String, NDArray> weights = new LinkedHashMap<>(files.readAll(scope));
      NDArray weight = read(files, UtteranceHead.LABELS_WEIGHT, scope);
      NDArray bias = read(files, UtteranceHead.LABELS_BIAS, scope);
      weights.put(UtteranceHead.LABELS_WEIGHT, replaced(weight, fitted, solution.weight()));
      weights.put(UtteranceHead.LABELS_BIAS, replaced(bias, fitted, solution.bias()));
      UtteranceHead.save(directory, weights);
    }
  }

  /** The indices of the labels that clips have. */
  private int[] fitted(List<Clip> train) {
    Stream<String> targets =
        train.stream()
            .flatMap(
                clip ->
                    clip.weak().isPresent()
                        ? Stream.of(Emotion.values()).map(Emotion::shortName)
                        : Stream.of(clip.trainingLabel()));
    return targets.distinct().mapToInt(labels::indexOf).sorted().toArray();
  }

  private LogisticRegression.Solution solve(
      List<Clip> train, int[] fitted, TensorFiles head, NDManager scope) {
    LabelTargets targets = new LabelTargets(Arrays.stream(fitted).mapToObj(labels::get).toList());
    WeightedStatistics statistics = WeightedStatistics.of(train, features, targets);
    WeightedStatistics.Scaling scaling =
        new WeightedStatistics.Scaling(
            read(head, UtteranceHead.MEAN, scope).toFloatArray(),
            read(head, UtteranceHead.SCALE, scope).toFloatArray());
    float penalty = (float) (PENALTY / ClipShares.effectiveClips(train));
    LogisticRegression.Solution mean =
        new LogisticRegression.Solution(
            selected(read(head, UtteranceHead.LABELS_WEIGHT, scope), fitted),
            selected(read(head, UtteranceHead.LABELS_BIAS, scope), fitted));
    return new LogisticRegression(scope, STEPS, LEARNING_RATE)
        .solve(
            statistics.scaled(scaling, scope),
            statistics.weightedTargets(scope),
            new LogisticRegression.Prior(mean, penalty, penalty));
  }

  private static NDArray read(TensorFiles files, String name, NDManager scope) {
    return files.read(name, files.shape(name), scope);
  }

  /** Some of the rows of an array. */
  private static NDArray selected(NDArray all, int[] rows) {
    float[] values = all.toFloatArray();
    int width = values.length / Math.toIntExact(all.getShape().get(0));
    float[] some = new float[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, rows[row] * width, some, row * width, width);
    }
    return all.getManager().create(some, withRows(all.getShape(), rows.length)).duplicate();
  }

  /** An array with some of its rows replaced. */
  private static NDArray replaced(NDArray all, int[] rows, NDArray replacement) {
    float[] values = all.toFloatArray();
    float[] some = replacement.toFloatArray();
    int width = some.length / rows.length;
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(some, row * width, values, rows[row] * width, width);
    }
    return all.getManager().create(values, all.getShape()).duplicate();
  }

  private static Shape withRows(Shape shape, int rows) {
    long[] sizes = shape.getShape().clone();
    sizes[0] = rows;
    return new Shape(sizes);
  }
}
