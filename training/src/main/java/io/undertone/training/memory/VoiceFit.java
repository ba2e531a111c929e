package io.undertone.training.memory;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.training.TrainingException;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Finds how voices change with feelings, and how they differ, from labelled clips: the parameters
 * of {@link VoiceModel} in closed form. A voice is what one speaker sounds like in one take, so
 * that lines and virtual voices count as others.
 */
public final class VoiceFit {

  /**
   * How much of what a voice tells is taken over. Below 1, since its values are less normal and
   * less independent of what the decoder hears than the formulas have it; on development dialogues
   * 0.4 to 0.6 are alike.
   */
  private static final float WEIGHT = 0.5f;

  private static final double LEAST_VARIANCE = 1e-3;
  private static final double RIDGE = 1e-9;

  private final int width;
  private final RealMatrix emotions;
  private final RealMatrix within;
  private final List<RealVector> centres;

  /** The measures of a voice by emotion. */
  private static final class Heard {
    private final Map<Emotion, List<RealVector>> byEmotion = new LinkedHashMap<>();

    void add(Emotion emotion, float[] measures) {
      byEmotion.computeIfAbsent(emotion, any -> new ArrayList<>()).add(vector(measures));
    }

    /** Each emotion counts alike, however often it was heard. */
    RealVector centre() {
      return mean(byEmotion.values().stream().map(VoiceFit::mean).toList());
    }
  }

  private VoiceFit(List<Heard> voices, int width) {
    this.width = width;
    this.centres = voices.stream().map(Heard::centre).toList();
    this.emotions = new Array2DRowRealMatrix(Emotion.values().length, width);
    List<RealVector> unexplained = new ArrayList<>();
    for (Emotion emotion : Emotion.values()) {
      List<RealVector> deviations = new ArrayList<>();
      for (int voice = 0; voice < voices.size(); voice++) {
        RealVector centre = centres.get(voice);
        voices.get(voice).byEmotion.getOrDefault(emotion, List.of()).stream()
            .map(measures -> measures.subtract(centre))
            .forEach(deviations::add);
      }
      if (!deviations.isEmpty()) {
        RealVector mean = mean(deviations);
        emotions.setRowVector(emotion.ordinal(), mean);
        deviations.forEach(deviation -> unexplained.add(deviation.subtract(mean)));
      }
    }
    int free = Math.max(1, unexplained.size() - voices.size());
    this.within = shrunk(covariance(unexplained, free), free);
  }

  /**
   * @param clips to learn from; those of no emotion, or without a measured voice, do not count
   * @param width measures of a voice
   */
  public static VoiceModel of(List<TokenizedClip> clips, int width, NDManager manager) {
    Map<String, Heard> voices = new LinkedHashMap<>();
    for (TokenizedClip clip : clips) {
      for (int take = 0; clip.emotion().isPresent() && take < clip.takes().size(); take++) {
        float[] measures = clip.takes().get(take).cues().voice();
        if (measures.length > 0) {
          voices
              .computeIfAbsent(clip.speaker() + " " + take, any -> new Heard())
              .add(clip.emotion().get(), measures);
        }
      }
    }
    if (voices.isEmpty()) {
      throw new TrainingException("no clip with an emotion has a voiced sound");
    }
    return new VoiceFit(List.copyOf(voices.values()), width).voice(manager);
  }

  /** Makes both covariances diagonal: that within a voice 1, that of the centres their spread. */
  private VoiceModel voice(NDManager manager) {
    RealMatrix whitening =
        new LUDecomposition(new CholeskyDecomposition(within).getL()).getSolver().getInverse();
    RealVector mean = mean(centres);
    RealMatrix spread =
        covariance(centres.stream().map(centre -> centre.subtract(mean)).toList(), centres.size());
    RealMatrix whitened = whitening.multiply(spread).multiply(whitening.transpose());
    EigenDecomposition axes =
        new EigenDecomposition(whitened.add(whitened.transpose()).scalarMultiply(0.5));
    RealMatrix basis = axes.getVT().multiply(whitening);
    float[] precision = new float[width];
    for (int value = 0; value < width; value++) {
      precision[value] = (float) (1 / Math.max(LEAST_VARIANCE, axes.getRealEigenvalue(value)));
    }
    Shape row = new Shape(width);
    return new VoiceModel(
        manager.create(floats(basis), new Shape(width, width)).duplicate(),
        manager.create(floats(basis.operate(mean)), row).duplicate(),
        manager
            .create(
                floats(emotions.multiply(basis.transpose())),
                new Shape(emotions.getRowDimension(), width))
            .duplicate(),
        manager.create(precision, row).duplicate(),
        manager.create(new float[] {WEIGHT}, new Shape(1)).duplicate());
  }

  private static RealVector vector(float[] values) {
    RealVector vector = new ArrayRealVector(values.length);
    for (int i = 0; i < values.length; i++) {
      vector.setEntry(i, values[i]);
    }
    return vector;
  }

  private static RealVector mean(List<RealVector> vectors) {
    RealVector sum = new ArrayRealVector(vectors.get(0).getDimension());
    for (RealVector vector : vectors) {
      sum.combineToSelf(1, 1, vector);
    }
    return sum.mapDivideToSelf(vectors.size());
  }

  /**
   * Of vectors whose mean is 0.
   *
   * @param free how many of them the mean leaves free
   */
  private static RealMatrix covariance(List<RealVector> vectors, int free) {
    int width = vectors.get(0).getDimension();
    double[][] sums = new double[width][width];
    for (RealVector vector : vectors) {
      double[] values = vector.toArray();
      for (int row = 0; row < width; row++) {
        for (int column = 0; column < width; column++) {
          sums[row][column] += values[row] * values[column];
        }
      }
    }
    return new Array2DRowRealMatrix(sums, false).scalarMultiply(1.0 / free);
  }

  /** Towards its diagonal, the more the fewer vectors it comes from. */
  private static RealMatrix shrunk(RealMatrix covariance, int vectors) {
    int width = covariance.getRowDimension();
    double own = (double) vectors / (vectors + width);
    RealMatrix shrunk = covariance.scalarMultiply(own);
    for (int value = 0; value < width; value++) {
      shrunk.setEntry(value, value, covariance.getEntry(value, value) + RIDGE);
    }
    return shrunk;
  }

  private static float[] floats(RealMatrix matrix) {
    float[] values = new float[matrix.getRowDimension() * matrix.getColumnDimension()];
    for (int row = 0; row < matrix.getRowDimension(); row++) {
      float[] one = floats(matrix.getRowVector(row));
      System.arraycopy(one, 0, values, row * one.length, one.length);
    }
    return values;
  }

  private static float[] floats(RealVector vector) {
    float[] values = new float[vector.getDimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) vector.getEntry(i);
    }
    return values;
  }
}
