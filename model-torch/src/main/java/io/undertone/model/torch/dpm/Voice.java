package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.tokenizer.Delivery;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a voice changes with what its speaker feels, and how voices differ. Who has heard a voice
 * before hears what is new in it. A memory is where a voice is, o, zeros at first, and how many
 * utterances n have told it. With u the measures of an utterance's voice ({@link Delivery}), and p
 * the estimate:
 *
 * <pre>
 * x = T · u - c                        deviations: 1 among utterances of one voice and emotion
 * s = 1 + 1 / (q + n)                  variance of x around where the voice is thought to be
 * l_e = -½ Σ (x - o - m_e)² / s        how well emotion e explains what was heard
 * z ← z + w · l                        the emotion's logits, l centred, w · l within ±6
 * o ← o + (x - o - Σ p_e · m_e) / (q + n + 1)
 * n ← n + 1
 * </pre>
 *
 * <p>The step of o is one of gradient descent on {@code ½ |x - o - Σ p_e · m_e|²}, with the rate of
 * a Kalman filter for each value: 1 / q is the variance of o among voices and lines. T, which makes
 * all values independent, is that of probabilistic linear discriminant analysis (Ioffe 2006).
 *
 * @param basis T, (width, width)
 * @param centre c, (width)
 * @param emotions m, (classes, width)
 * @param precision q, (width)
 * @param weight w, a scalar
 */
public record Voice(
    NDArray basis, NDArray centre, NDArray emotions, NDArray precision, NDArray weight) {

  /** The file's name in a model's directory. */
  public static final String FILE = "voice.safetensors";

  /** No voice adds more to a logit, however strange it sounds. */
  private static final float LARGEST_EVIDENCE = 6;

  private static final float TINY = 1e-6f;

  private static final String BASIS = "basis.weight";
  private static final String CENTRE = "centre";
  private static final String EMOTIONS = "emotions.weight";
  private static final String PRECISION = "precision";
  private static final String WEIGHT = "weight";

  /**
   * Utterances of a batch of calls, and where their voices are thought to be.
   *
   * @param places x, (batch, width)
   * @param known 1 where a voice was measured, else 0, (batch, 1)
   * @param offsets o, (batch, width)
   * @param heard n, (batch, 1)
   */
  public record Batch(NDArray places, NDArray known, NDArray offsets, NDArray heard) {}

  /** Values of a place. */
  public int width() {
    return Math.toIntExact(basis.getShape().get(0));
  }

  /** x of measures u, (batch, width). */
  public NDArray places(NDArray measures) {
    return Linear.linear(measures, basis).singletonOrThrow().sub(centre);
  }

  /** w · l, bounded; zeros where no voice was measured. (batch, classes) */
  public NDArray evidence(Batch batch) {
    NDArray variance = batch.known.onesLike().div(precise(batch)).add(1).expandDims(1);
    NDArray unexplained = batch.places.sub(batch.offsets).expandDims(1).sub(emotions);
    NDArray fits = unexplained.square().div(variance).sum(new int[] {2}).mul(-0.5f);
    NDArray evidence = fits.sub(fits.mean(new int[] {1}, true)).mul(weight);
    NDArray largest = evidence.abs().max(new int[] {1}, true).add(TINY);
    NDArray share = largest.div(LARGEST_EVIDENCE).maximum(1);
    return evidence.div(share).mul(batch.known);
  }

  /**
   * o after the utterances, (batch, width).
   *
   * @param estimates p, (batch, classes)
   */
  public NDArray learned(Batch batch, NDArray estimates) {
    NDArray surprise = batch.places.sub(batch.offsets).sub(estimates.matMul(emotions));
    return batch.offsets.add(surprise.div(precise(batch).add(1)).mul(batch.known));
  }

  private NDArray precise(Batch batch) {
    return batch.heard.add(precision);
  }

  /**
   * Reads {@value #FILE} of a model's directory.
   *
   * @throws ModelFileException if a tensor is missing, has another shape or cannot be meant
   */
  public static Voice load(Path directory, int width, int classes, NDManager manager) {
    Path file = directory.resolve(FILE);
    try (TensorFiles files = TensorFiles.ofFile(file)) {
      Voice voice =
          new Voice(
              files.read(BASIS, new Shape(width, width), manager),
              files.read(CENTRE, new Shape(width), manager),
              files.read(EMOTIONS, new Shape(classes, width), manager),
              files.read(PRECISION, new Shape(width), manager),
              files.read(WEIGHT, new Shape(1), manager));
      voice.check(file);
      return voice;
    }
  }

  private void check(Path file) {
    SharedTensors.requireFinite(file, tensors());
    SharedTensors.require(file, PRECISION, precision, value -> value > 0, "be above 0");
    SharedTensors.require(file, WEIGHT, weight, value -> value >= 0, "be at least 0");
  }

  private Map<String, NDArray> tensors() {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    tensors.put(BASIS, basis);
    tensors.put(CENTRE, centre);
    tensors.put(EMOTIONS, emotions);
    tensors.put(PRECISION, precision);
    tensors.put(WEIGHT, weight);
    return tensors;
  }

  /** Writes what {@link #load} reads, into a directory that is there. */
  public void save(Path directory) {
    SafetensorsWriter.write(directory.resolve(FILE), tensors());
  }
}
