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
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Fits the {@link VoiceModel} to labelled clips in closed form: how voice cues change with the
 * emotion, and how they differ between voices. Each variant of a speaker's clips is a voice of its
 * own, so that telephone lines and virtual voices count as further speakers.
 */
final class VoiceFit {

  /**
   * Weight of the voice's evidence. Below 1, since cues are less normal, and less independent of
   * the decoder's output, than the model assumes; 0.4 to 0.6 are equal on development dialogues.
   */
  private static final float WEIGHT = 0.5f;

  private static final double LEAST_VARIANCE = 1e-3;

  private final int width;
  private final RealMatrix emotions;
  private final RealMatrix within;
  private final List<RealVector> centres;

  /** The cues of one voice by emotion. */
  private static final class VoiceCues {
    private final Map<Emotion, List<RealVector>> byEmotion = new LinkedHashMap<>();

    void add(Emotion emotion, float[] cues) {
      byEmotion.computeIfAbsent(emotion, any -> new ArrayList<>()).add(Statistics.vector(cues));
    }

    /** Mean of the emotions' means, so that each emotion has the same weight. */
    RealVector centre() {
      return Statistics.mean(byEmotion.values().stream().map(Statistics::mean).toList());
    }
  }

  private VoiceFit(List<VoiceCues> voices, int width) {
    this.width = width;
    this.centres = voices.stream().map(VoiceCues::centre).toList();
    this.emotions = new Array2DRowRealMatrix(Emotion.values().length, width);
    List<RealVector> unexplained = new ArrayList<>();
    for (Emotion emotion : Emotion.values()) {
      List<RealVector> deviations = new ArrayList<>();
      for (int voice = 0; voice < voices.size(); voice++) {
        RealVector centre = centres.get(voice);
        voices.get(voice).byEmotion.getOrDefault(emotion, List.of()).stream()
            .map(cues -> cues.subtract(centre))
            .forEach(deviations::add);
      }
      if (!deviations.isEmpty()) {
        RealVector mean = Statistics.mean(deviations);
        emotions.setRowVector(emotion.ordinal(), mean);
        deviations.forEach(deviation -> unexplained.add(deviation.subtract(mean)));
      }
    }
    int free = Math.max(1, unexplained.size() - voices.size());
    this.within = Statistics.shrunk(Statistics.covariance(unexplained, free), free);
  }

  /**
   * Fits the model.
   *
   * @param clips training clips; those without an emotion or without voice cues are skipped
   * @param width number of voice cues
   * @throws TrainingException if no clip is left
   */
  static VoiceModel of(List<TokenizedClip> clips, int width, NDManager manager) {
    Map<String, VoiceCues> voices = new LinkedHashMap<>();
    for (TokenizedClip clip : clips) {
      int variants = clip.emotion().isPresent() ? clip.variants().size() : 0;
      for (int variant = 0; variant < variants; variant++) {
        float[] cues = clip.variants().get(variant).cues().voice();
        if (cues.length > 0) {
          voices
              .computeIfAbsent(clip.speaker() + " " + variant, any -> new VoiceCues())
              .add(clip.emotion().orElseThrow(), cues);
        }
      }
    }
    if (voices.isEmpty()) {
      throw new TrainingException("no clip with an emotion has voiced frames");
    }
    return new VoiceFit(List.copyOf(voices.values()), width).voice(manager);
  }

  /** Diagonalizes both covariances: within voices to the identity, between voices to 1 / q. */
  private VoiceModel voice(NDManager manager) {
    RealMatrix whitening =
        new LUDecomposition(new CholeskyDecomposition(within).getL()).getSolver().getInverse();
    RealVector mean = Statistics.mean(centres);
    RealMatrix spread =
        Statistics.covariance(
            centres.stream().map(centre -> centre.subtract(mean)).toList(), centres.size());
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
        manager.create(Statistics.floats(basis), new Shape(width, width)).duplicate(),
        manager.create(Statistics.floats(basis.operate(mean)), row).duplicate(),
        manager
            .create(
                Statistics.floats(emotions.multiply(basis.transpose())),
                new Shape(emotions.getRowDimension(), width))
            .duplicate(),
        manager.create(precision, row).duplicate(),
        manager.create(new float[] {WEIGHT}, new Shape(1)).duplicate());
  }
}
