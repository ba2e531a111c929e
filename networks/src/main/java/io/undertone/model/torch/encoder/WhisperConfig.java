package io.undertone.model.torch.encoder;

import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;

/**
 * Dimensions of a Whisper encoder.
 *
 * @param melBands number of mel bands of the input
 * @param width of the residual stream
 * @param layers number of layers in its files
 * @param heads number of attention heads; each has width / heads values
 * @param feedForwardWidth hidden width of a layer's feed-forward part
 * @param positions maximum per utterance, {@value WhisperEncoder#RATE_HZ} per second
 */
public record WhisperConfig(
    int melBands, int width, int layers, int heads, int feedForwardWidth, int positions) {

  public WhisperConfig {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "width must be a multiple of the %d heads, but is %d".formatted(heads, width));
    }
  }

  /**
   * Reads the dimensions from an encoder's directory.
   *
   * @throws ModelFileException if a file is missing or invalid
   */
  public static WhisperConfig read(Path directory) {
    try (TensorFiles files = TensorFiles.ofModel(directory)) {
      return WhisperConfigFile.read(directory, files);
    }
  }

  /**
   * Floating point operations of the matrix products for one utterance: convolutions, projections,
   * attention and feed-forward parts. A multiply-add counts as two.
   *
   * @param layers number of layers that run
   * @param rows length of the utterance, at {@value WhisperEncoder#RATE_HZ} Hz
   */
  public double flops(int layers, int rows) {
    double firstConvolution = 2.0 * Convolutions.TAPS * melBands * width;
    double secondConvolution = (double) Convolutions.TAPS * width * width;
    double projections = 4.0 * width * width + 2.0 * width * feedForwardWidth;
    double attention = 2.0 * rows * width;
    return 2.0 * rows * (firstConvolution + secondConvolution + layers * (projections + attention));
  }

  /** Width of an attention head. */
  public int headWidth() {
    return width / heads;
  }
}
