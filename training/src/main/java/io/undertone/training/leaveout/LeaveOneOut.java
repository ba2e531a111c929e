package io.undertone.training.leaveout;

import ai.djl.ndarray.NDManager;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.ClipVersion;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.recipe.TrainingData;
import io.undertone.training.recipe.TrainingFeatures;
import io.undertone.training.recipe.WorkDirectory;
import io.undertone.training.tokenizer.TrainedTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains token network and utterance head without each corpus in turn, and estimates the corpus
 * that was left out: its training and development clips, never its test clips. A killed run
 * resumes.
 *
 * @param epochs passes of the tokenizer over the clips
 */
public record LeaveOneOut(
    TrainingData data, int epochs, long seed, DeviceChoice device, ProgressLog progress) {

  private static final int FEWEST_CORPORA = 2;

  public LeaveOneOut {
    if (epochs < 1) {
      throw new IllegalArgumentException("tokenizer epochs must be at least 1, but are " + epochs);
    }
  }

  /** On the processor. */
  public LeaveOneOut(TrainingData data, int epochs, long seed, ProgressLog progress) {
    this(data, epochs, seed, DeviceChoice.CPU, progress);
  }

  /**
   * Starts or resumes the run.
   *
   * @param work directory of results and checkpoints
   * @param features file of the {@link FeatureStore}, which other runs may share
   * @throws TrainingException if there are fewer than two labelled corpora, or {@code work} belongs
   *     to another run
   */
  public LeftOutReport run(Path work, Path features) throws IOException {
    ManifestClips manifest = data.source().clips();
    List<String> corpora = corpora(manifest.clips());
    Map<String, Object> id = new LinkedHashMap<>(data.identity());
    id.put("seed", seed);
    id.put("number of tokenizer epochs", epochs);
    WorkDirectory.claim(work.resolve("leave-one-out.txt"), id);
    try (FeatureStore store = FeatureStore.open(features, data.encoder().fingerprint());
        TorchDevice opened = TorchDevice.open(device)) {
      return opened.call(
          () -> {
            try (NDManager manager = opened.newManager()) {
              TrainingFeatures found =
                  TrainingFeatures.of(manifest, store, data.encoder(), manager, progress);
              return LeftOutReport.of(
                  corpora.stream().map(corpus -> leftOut(corpus, found, manager, work)).toList());
            }
          });
    }
  }

  private static List<String> corpora(List<Clip> clips) {
    List<String> corpora =
        clips.stream()
            .filter(clip -> clip.emotion().isPresent())
            .map(Clip::corpus)
            .distinct()
            .sorted()
            .toList();
    if (corpora.size() < FEWEST_CORPORA) {
      throw new TrainingException(
          "labelled corpora must be at least %d, but are %s".formatted(FEWEST_CORPORA, corpora));
    }
    return corpora;
  }

  private LeftOutCorpus leftOut(String corpus, TrainingFeatures all, NDManager parent, Path work) {
    progress.say("without %s", corpus);
    TrainingFeatures others = all.without(corpus);
    try (NDManager manager = parent.newSubManager()) {
      TrainedTokenizer trained =
          others
              .stage(manager, seed, progress)
              .run(
                  others.of(Split.TRAIN),
                  others.of(Split.DEV),
                  epochs,
                  work.resolve("without-" + corpus));
      List<ClipEstimate> estimates = new ArrayList<>();
      List<EmotionEstimate> everyday = new ArrayList<>();
      for (Clip clip : all.clips()) {
        if (clip.corpus().equals(corpus) && clip.emotion().isPresent()) {
          estimates.add(
              new ClipEstimate(
                  clip,
                  estimate(trained, clip, ClipVersion.RECORDED, all.store()),
                  estimate(trained, clip, ClipVersion.TELEPHONE, all.store())));
        } else if (clip.weak().isPresent() && clip.split() == Split.DEV) {
          everyday.add(estimate(trained, clip, ClipVersion.RECORDED, all.store()));
        }
      }
      return new LeftOutCorpus(corpus, estimates, everyday);
    }
  }

  private static EmotionEstimate estimate(
      TrainedTokenizer trained, Clip clip, ClipVersion version, FeatureStore store) {
    return trained.estimate(store.features(clip, version));
  }
}
