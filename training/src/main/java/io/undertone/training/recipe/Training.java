package io.undertone.training.recipe;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ClipAudio;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.ClipFeatures;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.simulation.EmotionDynamics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes a model directory from labelled clips: features first, then the {@link TrainingStages}. The
 * working directory keeps the result of each stage and the checkpoints of the current one, so that
 * a stopped run resumes where it was.
 */
public final class Training {

  /** Clips below 0.4 s are skipped. */
  private static final int FEWEST_FRAMES = 40;

  private final TrainingData data;
  private final TrainingPlan plan;
  private final ProgressLog progress;

  public Training(TrainingData data, TrainingPlan plan, ProgressLog progress) {
    this.data = data;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Starts or resumes the training.
   *
   * @param work directory of results and checkpoints of the stages
   * @param out directory of the model
   * @throws TrainingException if the data is unusable, or {@code work} belongs to another training
   */
  public void run(Path work, Path out) throws IOException {
    List<Clip> all = data.clips();
    EmotionDynamics dynamics = data.emotionDynamics();
    Files.createDirectories(work);
    Files.createDirectories(out);
    claim(work.resolve("training.txt"));
    if (all.stream().noneMatch(clip -> clip.split() == Split.DEV && clip.emotion().isPresent())) {
      progress.say("no development clips: each stage keeps its last round");
    }
    ClipFeatures features = new ClipFeatures(featureStore(all, work), plan.seed());
    List<Clip> clips =
        all.stream().filter(clip -> features.recorded(clip).frames() >= FEWEST_FRAMES).toList();
    data.requireTrainable(clips);
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              new TrainingStages(plan, dynamics, manager, work, progress).run(clips, features, out);
            }
          });
    }
    progress.say("model %s is in %s", plan.name(), out);
  }

  private FeatureStore featureStore(List<Clip> clips, Path work) throws IOException {
    ClipAudio audio = new ClipAudio(data.audio(), FrameFeatures.SAMPLE_RATE_HZ);
    return FeatureStore.of(work.resolve("features.bin"), clips, audio::read, plan.seed(), progress);
  }

  /** Marks the working directory as this training's, or checks that it already is. */
  private void claim(Path file) throws IOException {
    String id = data.fingerprint() + "\n" + plan + "\n";
    if (!Files.exists(file)) {
      Files.writeString(file, id);
    } else if (!Files.readString(file).equals(id)) {
      throw new TrainingException(
          file.getParent()
              + " holds another training, or its input files have changed;"
              + " delete it or name another directory");
    }
  }
}
