package io.undertone.evaluation.conformance;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.encoder.Arithmetic;
import io.undertone.model.torch.encoder.LogMel;
import io.undertone.model.torch.encoder.LogMelSpectrum;
import io.undertone.model.torch.encoder.WhisperEncoder;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Compares this implementation of a Whisper encoder with a reference library. The reference is a
 * safetensors file: for each clip its {@code NAME.samples} at 16 kHz, its {@code NAME.mel} (bands,
 * frames), and {@code NAME.layer1}, {@code NAME.layer2}, … (time, width), the output of each layer
 * before any final norm.
 */
public final class EncoderConformance {

  /** The reference's name in the directory of an encoder. */
  public static final String EXPECTED_FILE = "expected.safetensors";

  private static final String SAMPLES = ".samples";
  private static final List<String> WEIGHT_FILES =
      List.of("model.safetensors", "model.safetensors.index.json");

  private final Path directory;
  private final TensorFiles expected;
  private final List<String> clips;
  private final List<Integer> layers;
  private final Deviation mels = Deviation.absolute();
  private final Deviation outputs = Deviation.relative();
  private final Deviation bfloat16 = Deviation.relative();

  private EncoderConformance(Path directory, Path expectedFile, TensorFiles expected) {
    this.directory = directory;
    this.expected = expected;
    this.clips = clips(expectedFile, expected.names());
    this.layers = layers(expectedFile, clips.get(0), expected.names());
  }

  private static List<String> clips(Path file, Set<String> names) {
    List<String> clips =
        names.stream()
            .filter(name -> name.endsWith(SAMPLES))
            .map(name -> name.substring(0, name.length() - SAMPLES.length()))
            .toList();
    if (clips.isEmpty()) {
      throw new ModelFileException(file, "must have a tensor NAME" + SAMPLES);
    }
    return clips;
  }

  private static List<Integer> layers(Path file, String clip, Set<String> names) {
    List<Integer> layers =
        IntStream.iterate(1, layer -> layer + 1)
            .takeWhile(layer -> names.contains(layerName(clip, layer)))
            .boxed()
            .toList();
    if (layers.isEmpty()) {
      throw new ModelFileException(file, "must have a tensor " + layerName(clip, 1));
    }
    return layers;
  }

  /** Whether a directory holds an encoder's weights. */
  public static boolean isEncoder(Path directory) {
    return WEIGHT_FILES.stream().anyMatch(file -> Files.exists(directory.resolve(file)));
  }

  /**
   * Computes and compares all clips.
   *
   * @param directory of the encoder, as {@link WhisperEncoder#load} reads it
   * @throws ModelFileException if a file is missing or invalid
   * @throws io.undertone.model.torch.device.DeviceUnavailableException if the device is not there
   */
  public static EncoderReport verify(Path directory, Path expectedFile, DeviceChoice choice) {
    try (TorchDevice device = TorchDevice.open(choice);
        TensorFiles expected = TensorFiles.ofFile(expectedFile)) {
      EncoderConformance conformance = new EncoderConformance(directory, expectedFile, expected);
      return device.call(
          () -> {
            try (NDManager manager = device.newManager()) {
              return conformance.verify(manager);
            }
          });
    }
  }

  private EncoderReport verify(NDManager manager) {
    try (WhisperEncoder exact = load(Arithmetic.FLOAT32, manager);
        WhisperEncoder rounded = load(Arithmetic.BFLOAT16, manager)) {
      LogMelSpectrum spectrum = new LogMelSpectrum(exact.config().melBands());
      for (String clip : clips) {
        try (NDManager step = manager.newSubManager()) {
          LogMel mel = spectrum.ofNormalised(read(clip + SAMPLES));
          compare(mel, clip);
          compare(encode(exact, mel, step), encode(rounded, mel, step), clip);
        }
      }
    }
    return EncoderReport.of(mels, outputs, bfloat16);
  }

  private WhisperEncoder load(Arithmetic arithmetic, NDManager manager) {
    return WhisperEncoder.load(directory, layers.size(), arithmetic, manager);
  }

  private NDList encode(WhisperEncoder encoder, LogMel mel, NDManager step) {
    return encoder.encode(List.of(mel), layers, step).get(0);
  }

  private void compare(LogMel mel, String clip) {
    float[] reference = expected.read(clip + ".mel", new Shape(mel.bands(), mel.frames()));
    for (int frame = 0; frame < mel.frames(); frame++) {
      for (int band = 0; band < mel.bands(); band++) {
        mels.add(mel.values()[frame * mel.bands() + band], reference[band * mel.frames() + frame]);
      }
    }
  }

  private void compare(NDList exact, NDList rounded, String clip) {
    for (int i = 0; i < exact.size(); i++) {
      float[] output = exact.get(i).toFloatArray();
      Shape shape = exact.get(i).getShape();
      float[] reference = expected.read(layerName(clip, layers.get(i)), shape);
      outputs.add(output, reference);
      bfloat16.add(rounded.get(i).toFloatArray(), output);
    }
  }

  private float[] read(String name) {
    return expected.read(name, expected.shape(name));
  }

  private static String layerName(String clip, int layer) {
    return clip + ".layer" + layer;
  }
}
