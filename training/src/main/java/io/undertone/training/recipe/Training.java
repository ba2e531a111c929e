package io.undertone.training.recipe;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.simulation.EmotionDynamics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a model directory from labelled clips: features first, then the {@link TrainingStages}. The
 * working directory keeps the result of each stage and the checkpoints of the current one, so that
 * a stopped run resumes where it was.
 */
public final class Training {

  private final TrainingData data;
  private final TrainingPlan plan;
  private final DeviceChoice choice;
  private final ProgressLog progress;

  /** On the processor. */
  public Training(TrainingData data, TrainingPlan plan, ProgressLog progress) {
    this(data, plan, DeviceChoice.CPU, progress);
  }

  public Training(TrainingData data, TrainingPlan plan, DeviceChoice choice, ProgressLog progress) {
    this.data = data;
    this.plan = plan;
    this.choice = choice;
    this.progress = progress;
  }

  /**
   * Starts or resumes the training.
   *
   * @param work directory of results and checkpoints of the stages
   * @param features file of the {@link FeatureStore}, which other runs may share
   * @param out directory of the model
   * @throws TrainingException if the data is unusable, or {@code work} belongs to another training
   */
  public void run(Path work, Path features, Path out) throws IOException {
    ManifestClips manifest = data.source().clips();
    data.source().requireTrainable(manifest.clips());
    EmotionDynamics dynamics = data.source().emotionDynamics();
    Map<String, Object> id = new LinkedHashMap<>(data.identity());
    id.putAll(plan.identity());
    WorkDirectory.claim(work.resolve("training.txt"), id);
    Files.createDirectories(out);
    if (manifest.clips().stream()
        .noneMatch(clip -> clip.split() == Split.DEV && clip.emotion().isPresent())) {
      progress.say("no development clips: each stage keeps its last round");
    }
    EncoderCopy.copy(data.encoder(), out.resolve(TokenizerConfig.ENCODER_DIRECTORY));
    try (FeatureStore store = FeatureStore.open(features, data.encoder().fingerprint());
        TorchDevice device = TorchDevice.open(choice)) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              TrainingFeatures found =
                  TrainingFeatures.of(manifest, store, data.encoder(), manager, progress);
              data.source().requireTrainable(found.clips());
              new TrainingStages(plan, dynamics, manager, work, progress).run(found, out);
            }
          });
    }
    progress.say("model %s is in %s", plan.name(), out);
  }
}
