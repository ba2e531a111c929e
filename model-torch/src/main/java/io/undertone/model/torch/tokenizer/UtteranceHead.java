package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Linear maps of an utterance's statistics x: logits of the token classifier's labels, and a few
 * values that describe the voice. Used on the owner thread of its device.
 *
 * <pre>
 * z = (x - mean) * scale
 * logits = labels.weight z + labels.bias
 * voice = voice.weight z
 * </pre>
 */
public final class UtteranceHead implements AutoCloseable {

  /** For S statistics, L labels and K voice values. */
  public static final String WEIGHTS_FILE = "utterance-head.safetensors";

  /** (S). */
  public static final String MEAN = "mean";

  /** (S). */
  public static final String SCALE = "scale";

  /** (L, S). */
  public static final String LABELS_WEIGHT = "labels.weight";

  /** (L). */
  public static final String LABELS_BIAS = "labels.bias";

  /** (K, S). */
  public static final String VOICE_WEIGHT = "voice.weight";

  private final NDManager manager;
  private final NDArray mean;
  private final NDArray scale;
  private final NDArray labelsWeight;
  private final NDArray labelsBias;
  private final NDArray voiceWeight;

  /**
   * @param manager closed with this head
   */
  private UtteranceHead(NDManager manager, TensorFiles files, int statisticsWidth) {
    this.manager = manager;
    Shape statistics = new Shape(statisticsWidth);
    long labels = files.shape(LABELS_WEIGHT).get(0);
    long voice = files.shape(VOICE_WEIGHT).get(0);
    this.mean = files.read(MEAN, statistics, manager);
    this.scale = files.read(SCALE, statistics, manager);
    this.labelsWeight = files.read(LABELS_WEIGHT, new Shape(labels, statisticsWidth), manager);
    this.labelsBias = files.read(LABELS_BIAS, new Shape(labels), manager);
    this.voiceWeight = files.read(VOICE_WEIGHT, new Shape(voice, statisticsWidth), manager);
  }

  /**
   * Reads {@value #WEIGHTS_FILE} of a model's directory.
   *
   * @param statisticsWidth number of an utterance's statistics
   * @throws ModelFileException if the file is missing or a tensor has another shape
   */
  public static UtteranceHead load(Path directory, int statisticsWidth, NDManager parent) {
    NDManager manager = parent.newSubManager();
    try (TensorFiles files = TensorFiles.ofFile(directory.resolve(WEIGHTS_FILE))) {
      return new UtteranceHead(manager, files, statisticsWidth);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Whether a model has a head. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(WEIGHTS_FILE));
  }

  /** Writes the tensors into an existing directory; {@link #load} reads them. */
  public static void save(Path directory, Map<String, NDArray> weights) {
    SafetensorsWriter.write(directory.resolve(WEIGHTS_FILE), weights);
  }

  /** Number of labels. */
  public int labels() {
    return Math.toIntExact(labelsBias.size());
  }

  /** Number of voice values. */
  public int voiceWidth() {
    return Math.toIntExact(voiceWeight.getShape().get(0));
  }

  /** The logits of one utterance, in the order of the token classifier's labels. */
  public float[] logits(float[] statistics) {
    return logits(List.of(statistics))[0];
  }

  /** The logits of each utterance, (utterances, labels). */
  public float[][] logits(List<float[]> statistics) {
    try (NDManager step = manager.newSubManager()) {
      NDArray input = standardised(statistics, step);
      return Rows.of(Linear.linear(input, labelsWeight, labelsBias).singletonOrThrow());
    }
  }

  /** The voice values of one utterance. */
  public float[] voice(float[] statistics) {
    return voice(List.of(statistics))[0];
  }

  /** The voice values of each utterance, (utterances, voice values). */
  public float[][] voice(List<float[]> statistics) {
    try (NDManager step = manager.newSubManager()) {
      NDArray input = standardised(statistics, step);
      return Rows.of(Linear.linear(input, voiceWeight).singletonOrThrow());
    }
  }

  /** (utterances, statistics). */
  private NDArray standardised(List<float[]> statistics, NDManager step) {
    int width = Math.toIntExact(mean.size());
    float[] values = new float[statistics.size() * width];
    for (int row = 0; row < statistics.size(); row++) {
      float[] utterance = statistics.get(row);
      if (utterance.length != width) {
        throw new IllegalArgumentException(
            "statistics must be %d, but are %d".formatted(width, utterance.length));
      }
      System.arraycopy(utterance, 0, values, row * width, width);
    }
    return step.create(values, new Shape(statistics.size(), width)).sub(mean).mul(scale);
  }

  @Override
  public void close() {
    manager.close();
  }
}
