package io.undertone.training.adapter;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.cosyvoice.CosyVoiceTokenizer;
import io.undertone.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A finished speech tokenizer.
 *
 * @param path a model's folder, whose tokenizer is used, or CosyVoice2's ONNX file
 */
public record TokenizerSource(Path path) {

  /** Rate of telephone calls, which the job brings all audio to. */
  private static final int RATE_HZ = 8000;

  private static final String CONFIG = FsqSpeechTokenizer.CONFIG_FILE;
  private static final String COSYVOICE_FILE = "speech_tokenizer_v2.onnx";
  private static final List<String> ENDINGS = List.of(".onnx", "speech-tokenizer.safetensors");

  /**
   * Copies the tokenizer's files.
   *
   * @param directory is made if it is not there
   * @throws TrainingException if there is no tokenizer
   */
  void copyInto(Path directory) throws IOException {
    Files.createDirectories(directory);
    if (Files.isRegularFile(path) && path.toString().endsWith(".onnx")) {
      Files.copy(path, directory.resolve(COSYVOICE_FILE), StandardCopyOption.REPLACE_EXISTING);
      JsonMapper.builder()
          .build()
          .writeValue(
              directory.resolve(CONFIG).toFile(),
              Map.of(
                  "format",
                  CosyVoiceTokenizer.FORMAT,
                  "sampleRateHz",
                  RATE_HZ,
                  "file",
                  COSYVOICE_FILE));
      return;
    }
    if (!Files.exists(path.resolve(CONFIG))) {
      throw new TrainingException(
          "tokenizer must be an .onnx file or a folder with %s, but is %s".formatted(CONFIG, path));
    }
    try (Stream<Path> files = Files.walk(path, 2)) {
      for (Path file : files.filter(this::isPart).toList()) {
        Path copy = directory.resolve(path.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private boolean isPart(Path file) {
    String name = path.relativize(file).toString();
    boolean ofEncoder = name.startsWith("encoder/");
    return Files.isRegularFile(file)
        && (ofEncoder || name.equals(CONFIG) || ENDINGS.stream().anyMatch(name::endsWith));
  }
}
