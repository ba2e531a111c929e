package io.undertone.training.recipe;

import io.undertone.model.torch.files.SafetensorsCopy;
import io.undertone.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies the layers of an encoder that a model uses, with licence and settings. Tensors keep their
 * type, so that an encoder of 16 bit stays small.
 */
final class EncoderCopy {

  private static final String WEIGHTS = "model.safetensors";
  private static final List<String> DOCUMENTS = List.of("LICENSE", "README.md", "config.json");
  private static final Pattern TENSOR =
      Pattern.compile("model\\.encoder\\.(?:layers\\.(\\d+)\\..*|conv.*|embed_positions.*)");

  private EncoderCopy() {}

  /**
   * Copies the first layers.
   *
   * @param to need not exist
   * @throws TrainingException if the encoder is not in one file
   */
  static void copy(EncoderSource encoder, Path to) throws IOException {
    Path from = encoder.directory();
    Files.createDirectories(to);
    for (String document : DOCUMENTS) {
      if (Files.exists(from.resolve(document))) {
        Files.copy(
            from.resolve(document), to.resolve(document), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!Files.exists(from.resolve(WEIGHTS))) {
      throw new TrainingException(from + " must have the encoder in one file, " + WEIGHTS);
    }
    int layers = encoder.features().highestLayer();
    SafetensorsCopy.copy(
        from.resolve(WEIGHTS), to.resolve(WEIGHTS), tensor -> isUsed(tensor, layers));
  }

  private static boolean isUsed(String tensor, int layers) {
    Matcher matcher = TENSOR.matcher(tensor);
    return matcher.matches()
        && (matcher.group(1) == null || Integer.parseInt(matcher.group(1)) < layers);
  }
}
