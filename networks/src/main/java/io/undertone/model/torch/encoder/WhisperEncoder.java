package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The encoder of a {@code openai/whisper-*} model. It computes no gradients. Call it on the owner
 * thread of the device that it was loaded to.
 */
public final class WhisperEncoder implements AutoCloseable {

  /** Rows per second of an utterance. */
  public static final int RATE_HZ = LogMelSpectrum.FRAME_RATE_HZ / 2;

  /**
   * Maximum number of rows per pass, 24 s of speech: enough to amortize reading the weights. More
   * rows are not faster, and their intermediate results need more memory.
   */
  static final int MOST_ROWS = 1200;

  private final NDManager manager;
  private final WhisperConfig config;
  private final Convolutions convolutions;
  private final List<EncoderLayer> layers;

  private WhisperEncoder(
      NDManager manager,
      WhisperConfig config,
      Convolutions convolutions,
      List<EncoderLayer> layers) {
    this.manager = manager;
    this.config = config;
    this.convolutions = convolutions;
    this.layers = layers;
  }

  /**
   * Reads {@code model.safetensors} (or its shards) and, if present, {@code config.json} from a
   * directory.
   *
   * @param layers number of layers to load, from the first; at most the number in the file
   * @param parent its device holds the weights, until either is closed
   * @throws ModelFileException if a file is missing or invalid
   */
  public static WhisperEncoder load(
      Path directory, int layers, Arithmetic arithmetic, NDManager parent) {
    NDManager manager = parent.newSubManager();
    try (TensorFiles files = TensorFiles.ofModel(directory)) {
      WhisperConfig config = WhisperConfigFile.read(directory, files);
      if (layers < 1 || layers > config.layers()) {
        throw new ModelFileException(
            directory,
            "layers must be from 1 to %d, but are %d".formatted(config.layers(), layers));
      }
      Products products = arithmetic.products(manager.getDevice());
      WhisperTensors tensors = new WhisperTensors(files, config, products, manager);
      return new WhisperEncoder(
          manager,
          config,
          tensors.convolutions(),
          IntStream.range(0, layers).mapToObj(tensors::encoderLayer).toList());
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  public WhisperConfig config() {
    return config;
  }

  /**
   * Outputs of the given layers, without the final norm. Apart from rounding, an utterance's result
   * does not depend on the others.
   *
   * @param utterances of at least one frame and at most the encoder's positions
   * @param layers n is the output of layer n, 0 the input of the first; at least one
   * @param owner owns the results
   * @return for each utterance the given layers, each (time, width) at {@value #RATE_HZ} Hz
   */
  public List<NDList> encode(List<LogMel> utterances, List<Integer> layers, NDManager owner) {
    utterances.forEach(this::check);
    layers.forEach(this::check);
    List<NDList> results = new ArrayList<>();
    int begin = 0;
    while (begin < utterances.size()) {
      int end = passEnd(utterances, begin);
      results.addAll(encodeAtOnce(utterances.subList(begin, end), layers, owner));
      begin = end;
    }
    return results;
  }

  private void check(LogMel utterance) {
    if (utterance.bands() != config.melBands()) {
      throw new IllegalArgumentException(
          "bands must be %d, but are %d".formatted(config.melBands(), utterance.bands()));
    }
    if (utterance.frames() < 1 || Packing.rows(utterance) > config.positions()) {
      throw new IllegalArgumentException(
          "frames must be from 1 to %d, but are %d"
              .formatted(2 * config.positions(), utterance.frames()));
    }
  }

  private void check(int layer) {
    if (layer < 0 || layer > layers.size()) {
      throw new IllegalArgumentException(
          "layer must be from 0 to %d, but is %d".formatted(layers.size(), layer));
    }
  }

  private static int passEnd(List<LogMel> utterances, int begin) {
    int end = begin + 1;
    int rows = Packing.rows(utterances.get(begin));
    while (end < utterances.size() && rows + Packing.rows(utterances.get(end)) <= MOST_ROWS) {
      rows += Packing.rows(utterances.get(end));
      end++;
    }
    return end;
  }

  private List<NDList> encodeAtOnce(
      List<LogMel> utterances, List<Integer> wanted, NDManager owner) {
    Packing packing = Packing.of(utterances);
    try (NDManager step = owner.newSubManager()) {
      List<NDArray> outputs = outputs(utterances, packing, Collections.max(wanted), step);
      List<NDList> results = new ArrayList<>();
      for (int i = 0; i < utterances.size(); i++) {
        NDIndex rows = new NDIndex("{}:{}", packing.begin(i), packing.end(i));
        NDList result = new NDList();
        // Copies, because a script's results cannot be changed in place.
        wanted.forEach(layer -> result.add(outputs.get(layer).get(rows).duplicate()));
        result.attach(owner);
        results.add(result);
      }
      return results;
    }
  }

  /** The input of the first layer, and the outputs of the layers up to the last one wanted. */
  private List<NDArray> outputs(
      List<LogMel> utterances, Packing packing, int last, NDManager step) {
    List<NDArray> outputs = new ArrayList<>();
    try (NDManager scratch = step.newSubManager()) {
      NDArray rows = convolutions.of(utterances, packing, scratch);
      rows.attach(step);
      outputs.add(rows);
    }
    for (EncoderLayer layer : layers.subList(0, last)) {
      outputs.add(apply(layer, outputs.get(outputs.size() - 1), packing, step));
    }
    return outputs;
  }

  /**
   * Frees intermediate results at once, so that their memory is reused while it is in the cache.
   */
  private static NDArray apply(EncoderLayer layer, NDArray rows, Packing packing, NDManager step) {
    try (NDManager scratch = step.newSubManager()) {
      rows.tempAttach(scratch);
      NDArray output = layer.of(rows, packing);
      output.attach(step);
      return output;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
