package io.undertone.training.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.training.sampling.CompleteSpeakers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealVector;

/**
 * Moves the means of a finished {@link VoiceModel} towards the voices of other calls: the mean
 * voice, and how each emotion differs from it. With S speakers and the old means counting as K,
 *
 * <pre>
 * new = old + S / (S + K) · (theirs - old)
 * </pre>
 *
 * <p>How cues vary within and between speakers needs many speakers to be known, so it stays.
 */
public final class VoiceRefit {

  /** Fewest speakers with utterances of every emotion. */
  public static final int FEWEST_SPEAKERS = 3;

  /**
   * K of the mean voice. Chosen, like that of the emotions, on CREMA-D and EMO-DB with models that
   * had not learned them.
   */
  private static final double MEAN_VOICE_COUNTS = 2;

  /** K of the emotions, which differ less between studios than voices do. */
  private static final double EMOTIONS_COUNT = 8;

  private final List<Map<Emotion, List<RealVector>>> speakers;

  /**
   * An utterance with an emotion.
   *
   * @param voice cues, as the memory gets them
   */
  public record Utterance(String speaker, Emotion emotion, float[] voice) {}

  private VoiceRefit(List<Map<Emotion, List<RealVector>>> speakers) {
    this.speakers = speakers;
  }

  /**
   * Fits the means.
   *
   * @param utterances of {@link CompleteSpeakers} alone
   * @param manager owns the result
   */
  public static VoiceModel of(VoiceModel before, List<Utterance> utterances, NDManager manager) {
    float[][] values = observed(before, utterances);
    Map<String, Map<Emotion, List<RealVector>>> speakers = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      speakers
          .computeIfAbsent(utterances.get(i).speaker(), any -> new LinkedHashMap<>())
          .computeIfAbsent(utterances.get(i).emotion(), any -> new ArrayList<>())
          .add(Statistics.vector(values[i]));
    }
    return new VoiceRefit(List.copyOf(speakers.values())).moved(before, manager);
  }

  /** The cues as deviations from the mean voice, (utterances, width). */
  private static float[][] observed(VoiceModel voice, List<Utterance> utterances) {
    int width = voice.width();
    float[] cues = new float[utterances.size() * width];
    for (int row = 0; row < utterances.size(); row++) {
      System.arraycopy(utterances.get(row).voice(), 0, cues, row * width, width);
    }
    try (NDManager step = voice.basis().getManager().newSubManager()) {
      NDArray rows = step.create(cues, new Shape(utterances.size(), width));
      NDArray measured = step.ones(new Shape(utterances.size(), 1));
      return Rows.of(voice.observe(rows, measured).values());
    }
  }

  private VoiceModel moved(VoiceModel before, NDManager manager) {
    RealVector centre = Statistics.mean(speakers.stream().map(VoiceRefit::centre).toList());
    RealVector oldCentre = Statistics.vector(before.centre().toFloatArray());
    float[][] oldEmotions = Rows.of(before.emotions());
    int width = before.width();
    float[] emotions = new float[oldEmotions.length * width];
    for (Emotion emotion : Emotion.values()) {
      RealVector old = Statistics.vector(oldEmotions[emotion.ordinal()]);
      RealVector change = deviation(emotion).subtract(old).mapMultiply(share(EMOTIONS_COUNT));
      System.arraycopy(
          Statistics.floats(old.add(change)), 0, emotions, emotion.ordinal() * width, width);
    }
    float[] newCentre =
        Statistics.floats(oldCentre.add(centre.mapMultiply(share(MEAN_VOICE_COUNTS))));
    return new VoiceModel(
        before.basis(),
        manager.create(newCentre, new Shape(width)).duplicate(),
        manager.create(emotions, before.emotions().getShape()).duplicate(),
        before.precision(),
        before.weight());
  }

  private double share(double before) {
    return speakers.size() / (speakers.size() + before);
  }

  /** Mean of the emotions' means, so that each emotion has the same weight. */
  private static RealVector centre(Map<Emotion, List<RealVector>> speaker) {
    return Statistics.mean(speaker.values().stream().map(Statistics::mean).toList());
  }

  /** How utterances of an emotion differ from their speakers' centres; each speaker counts once. */
  private RealVector deviation(Emotion emotion) {
    RealVector sum = new ArrayRealVector(centre(speakers.get(0)).getDimension());
    for (Map<Emotion, List<RealVector>> speaker : speakers) {
      RealVector mean = Statistics.mean(speaker.getOrDefault(emotion, List.of()));
      sum = sum.add(mean.subtract(centre(speaker)));
    }
    return sum.mapDivide(speakers.size());
  }
}
