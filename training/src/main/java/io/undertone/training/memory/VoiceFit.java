package io.undertone.training.memory;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.training.TrainingException;
import io.undertone.training.tokenizer.EverydayClip;
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
 *
 * <p>Recordings of everyday speech are voices too, with the emotions of their targets. Otherwise
 * the calm speech of an ordinary call would be compared with actors alone, and look sad.
 */
final class VoiceFit {

  /**
   * Weight of the voice's evidence. Below 1, since cues are less normal, and less independent of
   * the logits that it is added to, than the model assumes. Chosen together with those of {@link
   * io.undertone.model.torch.memory.speaker.EvidenceWeights}.
   */
  private static final float WEIGHT = 0.4f;

  /**
   * Share of everyday speech among the voices. Of 0.1, 0.2, 0.25 and 0.5, all are within 0.04 on
   * held-out everyday speech; development dialogues lose up to half a point from 0.25 on.
   */
  private static final double EVERYDAY = 0.1;

  private static final double LEAST_VARIANCE = 1e-3;

  private final int width;
  private final RealMatrix emotions;
  private final RealMatrix within;
  private final List<RealVector> centres;
  private final List<RealVector> everyday;

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

  /** The cues of one recording of everyday speech, and the targets of its utterances. */
  private static final class EverydayCues {
    private final List<RealVector> cues = new ArrayList<>();
    private final List<RealVector> targets = new ArrayList<>();

    void add(EmotionEstimate target, float[] values) {
      cues.add(Statistics.vector(values));
      targets.add(Statistics.vector(target.toArray()));
    }

    /** Mean of the cues without what their emotions explain. */
    RealVector centre(RealMatrix emotions) {
      return Statistics.mean(cues).subtract(emotions.preMultiply(Statistics.mean(targets)));
    }
  }

  private VoiceFit(List<VoiceCues> voices, List<EverydayCues> recordings, int width) {
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
    this.everyday = recordings.stream().map(recording -> recording.centre(emotions)).toList();
  }

  /**
   * Fits the model.
   *
   * @param clips training clips; those without an emotion or without voice cues are skipped
   * @param everyday speech without labels, maybe none; clips without voice cues are skipped
   * @param width number of voice cues
   * @throws TrainingException if no labelled clip is left
   */
  static VoiceModel of(
      List<TokenizedClip> clips, List<EverydayClip> everyday, int width, NDManager manager) {
    Map<String, VoiceCues> voices = voices(clips);
    if (voices.isEmpty()) {
      throw new TrainingException("no clip with an emotion has voice cues");
    }
    return new VoiceFit(
            List.copyOf(voices.values()), List.copyOf(recordings(everyday).values()), width)
        .voice(manager);
  }

  private static Map<String, EverydayCues> recordings(List<EverydayClip> clips) {
    Map<String, EverydayCues> recordings = new LinkedHashMap<>();
    for (EverydayClip clip : clips) {
      for (int version = 0; version < clip.versions().size(); version++) {
        float[] cues = clip.versions().get(version).voice();
        if (cues.length > 0) {
          recordings
              .computeIfAbsent(clip.recording() + " " + version, any -> new EverydayCues())
              .add(clip.target(), cues);
        }
      }
    }
    return recordings;
  }

  private static Map<String, VoiceCues> voices(List<TokenizedClip> clips) {
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
    return voices;
  }

  /** Diagonalizes both covariances: within voices to the identity, between voices to 1 / q. */
  private VoiceModel voice(NDManager manager) {
    RealMatrix whitening =
        new LUDecomposition(new CholeskyDecomposition(within).getL()).getSolver().getInverse();
    RealVector mean = mean();
    RealMatrix spread = spread(mean);
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

  private RealVector mean() {
    RealVector labelled = Statistics.mean(centres);
    return everyday.isEmpty()
        ? labelled
        : labelled.combine(1 - EVERYDAY, EVERYDAY, Statistics.mean(everyday));
  }

  /** Covariance of the voices around their mean. */
  private RealMatrix spread(RealVector mean) {
    RealMatrix labelled = spread(centres, mean);
    return everyday.isEmpty()
        ? labelled
        : labelled
            .scalarMultiply(1 - EVERYDAY)
            .add(spread(everyday, mean).scalarMultiply(EVERYDAY));
  }

  private static RealMatrix spread(List<RealVector> centres, RealVector mean) {
    return Statistics.covariance(
        centres.stream().map(centre -> centre.subtract(mean)).toList(), centres.size());
  }
}
