package io.undertone.training.finetuning;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.TorchEmotionModel;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.corpus.Split;
import io.undertone.training.evaluation.ClipEvaluation;
import io.undertone.training.evaluation.ClipModel;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.recipe.TrainingFeatures;
import io.undertone.training.tokenizer.TrainedTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adapts a finished model to other calls: its utterance head, and the means of its voice model
 * where there are enough speakers. All else is copied. Test clips are never used.
 */
public final class FineTuning {

  private static final int FEWEST_EMOTIONS = 2;

  private final Path source;
  private final ManifestClips manifest;
  private final DeviceChoice choice;
  private final ProgressLog progress;

  /**
   * On the processor.
   *
   * @param source directory of the finished model
   */
  public FineTuning(Path source, ManifestClips manifest, ProgressLog progress) {
    this(source, manifest, DeviceChoice.CPU, progress);
  }

  /**
   * @param source directory of the finished model
   */
  public FineTuning(
      Path source, ManifestClips manifest, DeviceChoice choice, ProgressLog progress) {
    this.source = source;
    this.manifest = manifest;
    this.choice = choice;
    this.progress = progress;
  }

  /**
   * Makes the new model. A killed run continues with the features that are missing, and leaves
   * nothing that looks like a finished model; a finished one is not overwritten.
   *
   * @param name of the new model; empty for the names of the source and of {@code out}
   * @param work directory of intermediate results
   * @param features file of the {@link FeatureStore}, which other runs may share
   * @param out directory of the new model
   * @return the comparison of both on the development clips; empty without any
   * @throws TrainingException if the clips are unusable, or {@code out} has a finished model
   * @throws ModelFileException if the source cannot be fine-tuned
   * @throws CorpusException if a clip cannot be read
   */
  public Optional<Comparison> run(Optional<String> name, Path work, Path features, Path out)
      throws IOException {
    SourceModel model = SourceModel.read(source);
    if (Files.exists(out) && Files.isSameFile(source, out)) {
      throw new TrainingException(
          "the new model must have another folder than its source, but both are " + out);
    }
    if (Files.exists(out.resolve(UndertoneConfig.FILE))) {
      throw new TrainingException(
          ("the folder of the new model must have no model yet, but %s has one; delete it or"
                  + " name another folder")
              .formatted(out));
    }
    requireTrainable();
    String newName =
        name.orElseGet(
            () -> model.config().name() + "-" + out.toAbsolutePath().normalize().getFileName());
    if (newName.equals(model.config().name())) {
      throw new TrainingException(
          "the new model must have another name than its source, but both are " + newName);
    }
    Files.createDirectories(work);
    try (FeatureStore store = FeatureStore.open(features, model.encoder().fingerprint());
        TorchDevice device = TorchDevice.open(choice)) {
      device.run(() -> refit(model, store, device, newName, work, out));
    }
    progress.say("model %s is in %s", newName, out);
    return compare(out);
  }

  private void requireTrainable() {
    List<String> emotions =
        of(Split.TRAIN).stream()
            .flatMap(clip -> clip.emotion().stream())
            .map(emotion -> emotion.shortName())
            .distinct()
            .sorted()
            .toList();
    if (emotions.size() < FEWEST_EMOTIONS) {
      throw new TrainingException(
          "training clips must be of at least %d of the emotions hap, sad, ang and neu, but are of %s"
              .formatted(FEWEST_EMOTIONS, emotions));
    }
  }

  private List<Clip> of(Split split) {
    return manifest.clips().stream().filter(clip -> clip.split() == split).toList();
  }

  private void refit(
      SourceModel model,
      FeatureStore store,
      TorchDevice device,
      String newName,
      Path work,
      Path out) {
    try (NDManager manager = device.newManager()) {
      TrainingFeatures found =
          TrainingFeatures.of(of(Split.TRAIN), manifest, store, model.encoder(), manager, progress);
      model.copyPartsTo(out, newName);
      TrainedTokenizer tokenizer = model.tokenizer(found.statisticsWidth(), manager);
      new Refit(model, tokenizer, found, manager, progress).run(work, out);
      model.writeSettings(out, newName);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Comparison> compare(Path out) {
    List<Clip> dev = of(Split.DEV).stream().filter(clip -> clip.emotion().isPresent()).toList();
    if (dev.isEmpty()) {
      return Optional.empty();
    }
    List<ClipModel.Estimate> before = estimates(source, dev);
    List<ClipModel.Estimate> after = estimates(out, dev);
    List<Comparison.ComparedClip> compared = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      compared.add(
          new Comparison.ComparedClip(dev.get(i), before.get(i).model(), after.get(i).model()));
    }
    return Optional.of(new Comparison(compared));
  }

  private List<ClipModel.Estimate> estimates(Path directory, List<Clip> clips) {
    try (TorchEmotionModel model = TorchEmotionModel.open(directory, choice)) {
      return new ClipEvaluation(
              ClipModel.of(model), clip -> manifest.audio(clip, model.sampleRateHz()), progress)
          .estimates("dev clips by " + model.version().name(), clips);
    }
  }
}
