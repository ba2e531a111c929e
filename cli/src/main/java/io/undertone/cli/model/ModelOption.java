package io.undertone.cli.model;

import io.undertone.cli.terminal.Home;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.SpeechTokenizers;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the model's folder, its arithmetic and its device. */
public final class ModelOption {
  private static final String NAME = "--model";

  @Option(
      names = NAME,
      paramLabel = "DIR",
      description = "Folder of the model (default: models/undertone-small of this checkout).")
  private Path directory = Home.defaultModel();

  @Option(
      names = "--arithmetic",
      paramLabel = "NAME",
      description =
          "Arithmetic of the model's pretrained encoder: ${COMPLETION-CANDIDATES}; AUTO is BF16 on"
              + " processors that multiply it faster, otherwise FLOAT32. Unless FLOAT32 is given, a"
              + " decoder stored in BF16 stays so (default: ${DEFAULT-VALUE}).")
  private ArithmeticChoice arithmetic;

  @Mixin private DeviceOption device = new DeviceOption();

  /** With the job's default arithmetic. */
  public ModelOption() {
    this(ArithmeticChoice.AUTO);
  }

  public ModelOption(ArithmeticChoice defaultArithmetic) {
    this.arithmetic = defaultArithmetic;
  }

  /** Opens the model; bad files are a user error. */
  public ModelHandle open(ModelSource models, EmotionPrior prior) throws UserErrorException {
    try {
      return factory(models, prior).open();
    } catch (ModelFileException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A factory of the model, whose folder and device were checked. */
  public EmotionModelFactory factory(ModelSource models, EmotionPrior prior)
      throws UserErrorException {
    return models.at(directory(), prior, arithmetic, device());
  }

  public ArithmeticChoice arithmetic() {
    return arithmetic;
  }

  /** The device, which is there. */
  public DeviceChoice device() throws UserErrorException {
    return device.device();
  }

  /** Reads the model's tokenizer, with the arithmetic of this option. */
  public SpeechTokenizerLoader tokenizer() {
    return new SpeechTokenizers(arithmetic);
  }

  /** The model's folder, checked. */
  public Path directory() throws UserErrorException {
    return checked(NAME, directory);
  }

  /**
   * A folder, checked to be that of a model.
   *
   * @param option that names it
   */
  public static Path checked(String option, Path directory) throws UserErrorException {
    if (!Files.isRegularFile(directory.resolve(UndertoneConfig.FILE))) {
      String wrong =
          Files.isDirectory(directory)
              ? "has no " + UndertoneConfig.FILE
              : Files.exists(directory) ? "is a file" : "does not exist";
      throw new UserErrorException(
          "%s must be a model's folder, but '%s' %s".formatted(option, directory, wrong));
    }
    return directory;
  }
}
