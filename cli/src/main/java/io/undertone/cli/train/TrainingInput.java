package io.undertone.cli.train;

import io.undertone.cli.model.DeviceOption;
import io.undertone.cli.terminal.Home;
import io.undertone.cli.terminal.ManifestOptions;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.recipe.ClipSource;
import io.undertone.training.recipe.EncoderSource;
import io.undertone.training.recipe.TrainingData;
import io.undertone.training.recipe.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that training and leave-one-out share: clips, encoder, seed and epochs. */
public final class TrainingInput {

  @Mixin private ManifestOptions manifest = new ManifestOptions();

  @Option(
      names = "--encoder",
      paramLabel = "DIR",
      description =
          "Folder of the encoder of an openai/whisper model (default: models/whisper-base-encoder"
              + " of this checkout).")
  private Path encoder = Home.defaultEncoder();

  @Option(
      names = "--encoder-layers",
      paramLabel = "COUNT",
      description = "Layers of the encoder to use (default: ${DEFAULT-VALUE}).")
  private int encoderLayers = 4;

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description =
          "File for the features of the clips, which several runs may share (default:"
              + " features.bin in the folder for the state).")
  private @Nullable Path features;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description =
          "Seed of all random numbers; the same seed gives the same model (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed = TrainingPlan.DEFAULT.seed();

  @Option(
      names = "--tokenizer-epochs",
      paramLabel = "COUNT",
      description = "Passes over the clips (default: ${DEFAULT-VALUE}).")
  private int tokenizerEpochs = TrainingPlan.DEFAULT.tokenizerEpochs();

  @Mixin private DeviceOption device = new DeviceOption();

  public long seed() {
    return seed;
  }

  /** The device that trains, which is there. */
  public DeviceChoice device() throws UserErrorException {
    return device.device();
  }

  /** Passes of the tokenizer over the clips. */
  public int tokenizerEpochs() {
    return tokenizerEpochs;
  }

  /**
   * The data, of manifests that are there.
   *
   * @param dynamics of dialogues
   */
  public TrainingData data(Optional<Path> dynamics) throws UserErrorException {
    ClipSource source = source(dynamics);
    if (!Files.isDirectory(encoder)) {
      throw new UserErrorException("--encoder must be a folder, but '" + encoder + "' is not");
    }
    return new TrainingData(
        source, TrainingErrors.settings(() -> EncoderSource.of(encoder, encoderLayers)));
  }

  /**
   * The clips and their dialogues, of manifests that are there.
   *
   * @param dynamics of dialogues
   */
  ClipSource source(Optional<Path> dynamics) throws UserErrorException {
    return new ClipSource(manifest.required(), manifest.audio(), manifest.corpora(), dynamics);
  }

  /** The clips alone, of manifests that are there. */
  ManifestClips clips() throws IOException, UserErrorException {
    return manifest.clips();
  }

  /**
   * The file of the features.
   *
   * @param work folder for the state between runs
   */
  public Path features(Path work) {
    return features == null ? work.resolve("features.bin") : features;
  }
}
