package io.undertone.training.recipe;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.features.FeatureExtractor;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.head.UtteranceHeadTraining;
import io.undertone.training.sampling.LabelTargets;
import io.undertone.training.tokenizer.TokenizerStage;
import java.util.List;

/**
 * The features of the clips that a training or a leave-one-out run can use. Runs on the device's
 * owner thread.
 *
 * @param clips all but test clips, and development clips that nothing is measured on
 * @param statisticsWidth number of an utterance's statistics
 */
public record TrainingFeatures(
    List<Clip> clips, FeatureStore store, EncoderSource encoder, int width, int statisticsWidth) {

  /** Clips with fewer rows in a version are left out. */
  private static final int FEWEST_ROWS = 10;

  private static final double SHORTEST_SECONDS = (double) FEWEST_ROWS / TokenFeatures.RATE_HZ;

  /** Computes what the store lacks of the clips that a training can use. */
  public static TrainingFeatures of(
      ManifestClips manifest,
      FeatureStore store,
      EncoderSource encoder,
      NDManager manager,
      ProgressLog progress) {
    List<Clip> usable = manifest.clips().stream().filter(TrainingFeatures::isUsable).toList();
    return of(usable, manifest, store, encoder, manager, progress);
  }

  /**
   * Computes what the store lacks of some clips.
   *
   * @param usable clips of the manifest
   */
  public static TrainingFeatures of(
      List<Clip> usable,
      ManifestClips manifest,
      FeatureStore store,
      EncoderSource encoder,
      NDManager manager,
      ProgressLog progress) {
    try (FeatureExtractor extractor = encoder.open(manager)) {
      store.add(
          usable, clip -> manifest.audio(clip, extractor.sampleRateHz()), extractor, progress);
      List<Clip> clips = usable.stream().filter(clip -> isLongEnough(clip, store)).toList();
      if (clips.size() < usable.size()) {
        progress.say(
            "%d of %d clips left out: they are shorter than %.1f s, at another speed or as recorded",
            usable.size() - clips.size(), usable.size(), SHORTEST_SECONDS);
      }
      return new TrainingFeatures(
          clips, store, encoder, extractor.width(), extractor.statisticsWidth());
    }
  }

  private static boolean isUsable(Clip clip) {
    return switch (clip.split()) {
      case TRAIN -> true;
      case DEV -> clip.emotion().isPresent() || clip.weak().isPresent();
      case TEST -> false;
    };
  }

  /** Another speed makes a clip shorter. */
  private static boolean isLongEnough(Clip clip, FeatureStore store) {
    return FeatureStore.versions(clip).stream()
        .allMatch(version -> store.time(clip, version) >= FEWEST_ROWS);
  }

  /** The clips of a split. */
  public List<Clip> of(Split split) {
    return clips.stream().filter(clip -> clip.split() == split).toList();
  }

  /** The features without a corpus. */
  public TrainingFeatures without(String corpus) {
    return new TrainingFeatures(
        clips.stream().filter(clip -> !clip.corpus().equals(corpus)).toList(),
        store,
        encoder,
        width,
        statisticsWidth);
  }

  /** The stage that trains tokenizers on these features. */
  public TokenizerStage stage(NDManager manager, long seed, ProgressLog progress) {
    return new TokenizerStage(
        manager,
        store,
        LabelTargets.of(clips),
        encoder.tokenizer(width),
        statisticsWidth,
        seed,
        progress);
  }

  /** Number of voice values of a tokenizer. */
  int voiceWidth() {
    return UtteranceHeadTraining.voiceWidth(statisticsWidth);
  }
}
