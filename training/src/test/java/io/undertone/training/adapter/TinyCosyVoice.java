package io.undertone.training.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A small random ONNX model with the signature of CosyVoice2's tokenizer. */
final class TinyCosyVoice {

  private TinyCosyVoice() {}

  static TokenizerSource write(Path directory) throws IOException {
    Path file = directory.resolve("small.onnx");
    try (InputStream model =
        Objects.requireNonNull(
            TinyCosyVoice.class.getResourceAsStream("/cosyvoice/small_speech_tokenizer.onnx"))) {
      Files.copy(model, file);
    }
    return new TokenizerSource(file);
  }
}
