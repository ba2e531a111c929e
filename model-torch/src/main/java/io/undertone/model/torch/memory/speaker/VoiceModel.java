package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a voice changes with the emotion, and how speakers differ. The state of a memory is the
 * speaker's offset o from the mean voice (zero at first), and the number n of utterances that it
 * comes from. Let u be the voice cues of an utterance, and p its estimate:
 *
 * <pre>
 * x = T · u - c                        cues with variance 1 within one speaker and emotion
 * s = 1 + 1 / (q + n)                  variance of x around o + m_e
 * l_e = -½ Σ (x - o - m_e)² / s        log likelihood of emotion e
 * z ← z + w · l                        emotion logits; l centred, w · l limited to ±6
 * o ← o + (x - o - Σ p_e · m_e) / (q + n + 1)
 * n ← n + 1
 * r = min_e Σ (x - m_e)² / (1 + 1 / q) / width    distance from all known voices, below 1 for most
 * </pre>
 *
 * <p>For an unknown speaker, o = 0 and n = 0. The step of o is one of gradient descent on {@code ½
 * |x - o - Σ p_e · m_e|²} with the gain of a Kalman filter for each value: 1 / q is the variance of
 * o among speakers and lines. T makes the values independent, as in probabilistic linear
 * discriminant analysis (Ioffe 2006). r is the squared Mahalanobis distance of an unknown speaker's
 * cues from the nearest emotion, for each value.
 *
 * @param basis T, (width, width)
 * @param centre c, (width)
 * @param emotions m, (classes, width)
 * @param precision q, (width)
 * @param weight w, a scalar
 */
public record VoiceModel(
    NDArray basis, NDArray centre, NDArray emotions, NDArray precision, NDArray weight) {

  /** Name of the file in a model's directory. */
  public static final String FILE = "voice.safetensors";

  /** Bounds what an outlier among voices can add to a logit. */
  private static final float LARGEST_EVIDENCE = 6;

  /** Of {@link #learningTemperature}. */
  private static final float HIGHEST_TEMPERATURE = 2;

  private static final float TINY = 1e-6f;

  private static final String BASIS = "basis.weight";
  private static final String CENTRE = "centre";
  private static final String EMOTIONS = "emotions.weight";
  private static final String PRECISION = "precision";
  private static final String WEIGHT = "weight";

  /**
   * The state of a batch of memories.
   *
   * @param values o, (batch, width)
   * @param utterances n, (batch, 1)
   */
  public record Offset(NDArray values, NDArray utterances) {}

  /**
   * The cues of one utterance per memory.
   *
   * @param values x, (batch, width)
   * @param measured 1 where voice cues were measured, otherwise 0, (batch, 1)
   */
  public record Observation(NDArray values, NDArray measured) {

    /** o = 0 and n = 0. */
    Offset unknownSpeaker() {
      return new Offset(values.zerosLike(), measured.zerosLike());
    }
  }

  /** Number of voice cues. */
  public int width() {
    return Math.toIntExact(basis.getShape().get(0));
  }

  /**
   * Transforms voice cues.
   *
   * @param cues u, (batch, width)
   * @param measured 1 where they were measured, otherwise 0, (batch, 1)
   */
  public Observation observe(NDArray cues, NDArray measured) {
    return new Observation(Linear.linear(cues, basis).singletonOrThrow().sub(centre), measured);
  }

  /**
   * w · l, limited; zeros where no voice cues were measured. (batch, classes)
   *
   * <p>Gradients pass through it, so constants are arrays of the step: an operation with a Java
   * number frees what the backward pass reads.
   */
  public NDArray evidence(Observation observed, Offset offset) {
    NDManager step = observed.measured.getManager();
    NDArray fits = distances(observed, offset).mul(step.create(-0.5f));
    NDArray evidence = fits.sub(fits.mean(new int[] {1}, true)).mul(weight);
    NDArray largest = evidence.abs().max(new int[] {1}, true).add(TINY);
    NDArray excess = largest.div(step.create(LARGEST_EVIDENCE)).maximum(step.create(1f));
    return evidence.div(excess).mul(observed.measured);
  }

  /** Σ (x - o - m_e)² / s, (batch, classes) */
  private NDArray distances(Observation observed, Offset offset) {
    NDArray variance = observed.measured.onesLike().div(precision(offset)).add(1).expandDims(1);
    NDArray unexplained = deviation(observed, offset).expandDims(1).sub(emotions);
    return unexplained.square().div(variance).sum(new int[] {2});
  }

  /**
   * The offset after the utterances; unchanged where no voice cues were measured.
   *
   * @param estimates p, (batch, classes)
   */
  public Offset update(Observation observed, Offset offset, NDArray estimates) {
    NDArray error = deviation(observed, offset).sub(estimates.matMul(emotions));
    NDArray gain = precision(offset).add(1);
    return new Offset(
        offset.values.add(error.div(gain).mul(observed.measured)),
        offset.utterances.add(observed.measured));
  }

  /**
   * The temperature at which a memory learns an estimate: r², at least 1 and at most 2; 1 where no
   * voice cues were measured. (batch, 1)
   *
   * <p>The farther a voice is from all that the model knows, the less its estimates are worth. A
   * memory that trusted them would take the model's own error for the speaker's voice, and repeat
   * it. The square and its limit were found on corpora that the model had not learned.
   */
  public NDArray learningTemperature(Observation observed) {
    NDManager step = observed.measured.getManager();
    NDArray distances = distances(observed, observed.unknownSpeaker());
    NDArray nearest = distances.min(new int[] {1}, true).mul(step.create(1f / width()));
    NDArray temperature = nearest.mul(observed.measured).square();
    return temperature.maximum(step.create(1f)).minimum(step.create(HIGHEST_TEMPERATURE));
  }

  private static NDArray deviation(Observation observed, Offset offset) {
    return observed.values.sub(offset.values);
  }

  /** q + n, (batch, width) */
  private NDArray precision(Offset offset) {
    return offset.utterances.add(precision);
  }

  /**
   * Reads {@value #FILE} from a model's directory.
   *
   * @throws io.undertone.model.torch.files.ModelFileException if a tensor is missing, has another
   *     shape or is out of range
   */
  public static VoiceModel load(Path directory, int width, int classes, NDManager manager) {
    Path file = directory.resolve(FILE);
    try (TensorFiles files = TensorFiles.ofFile(file)) {
      VoiceModel voice =
          new VoiceModel(
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
    ParameterChecks.requireFinite(file, tensors());
    ParameterChecks.require(file, PRECISION, precision, value -> value > 0, "be above 0");
    ParameterChecks.require(file, WEIGHT, weight, value -> value >= 0, "be at least 0");
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

  /** Writes {@value #FILE} into an existing directory. */
  public void save(Path directory) {
    SafetensorsWriter.write(directory.resolve(FILE), tensors());
  }
}
