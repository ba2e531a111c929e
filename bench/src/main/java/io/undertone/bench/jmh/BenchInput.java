package io.undertone.bench.jmh;

import io.undertone.audio.file.AudioFileException;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.SpeechTokenizers;
import io.undertone.model.torch.TorchEmotionModel;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import java.nio.file.Path;

/**
 * The input of the benchmarks. It comes from system properties, since JMH creates the benchmarks.
 */
final class BenchInput {
  static final String RECORDING = "undertone.bench.recording";
  static final String MODEL = "undertone.bench.model";
  static final String ARITHMETIC = "undertone.bench.arithmetic";
  static final String DEVICE = "undertone.bench.device";

  private BenchInput() {}

  static SpeechClips speech() throws AudioFileException {
    return SpeechClips.read(Path.of(required(RECORDING))).withoutPauses();
  }

  /** Opens the model, for calls where all emotions are equally probable. */
  static TorchEmotionModel openModel() {
    ArithmeticChoice arithmetic = ArithmeticChoice.valueOf(required(ARITHMETIC));
    return TorchEmotionModel.open(
        Path.of(required(MODEL)),
        new SpeechTokenizers(arithmetic),
        EmotionPrior.UNIFORM,
        DeviceChoice.parse(required(DEVICE)));
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException("system property " + property + " must be set, but is not");
    }
    return value;
  }
}
