package io.undertone.model.torch;

import io.undertone.model.torch.encoder.LogMel;
import io.undertone.model.torch.encoder.LogMelSpectrum;
import io.undertone.model.torch.files.TensorFiles;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The encoder among the models, and what the reference library computes with it for two clips. */
public final class WhisperBase {
  public static final Path DIRECTORY = Path.of("../models/whisper-base-encoder");
  public static final int LAYERS = 4;
  public static final int CLIPS = 2;

  private WhisperBase() {}

  /** clipN.samples at 16 kHz, clipN.mel (bands, frames), clipN.layerM (time, width). */
  public static Path expectedFile() {
    URL resource = WhisperBase.class.getResource("/whisper-base/expected.safetensors");
    try {
      return Path.of(Objects.requireNonNull(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static TensorFiles expected() {
    return TensorFiles.ofFile(expectedFile());
  }

  public static LogMel mel(TensorFiles expected, int clip) {
    String name = "clip" + clip + ".samples";
    float[] samples = expected.read(name, expected.shape(name));
    return new LogMelSpectrum(80).ofNormalised(samples);
  }
}
