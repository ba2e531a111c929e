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
 * Adapts the emotion head to a speaker. The state of a memory is one factor of a low-rank map from
 * the decoder's state to the emotions; all memories share the other factor, as in LoRA-FA (Zhang et
 * al., arXiv 2308.03303). Let y be the decoder's normalized state at the end of the utterance, z
 * the emotion logits, B the state of the memory (zero at first), and e the {@link ExpectedEmotions}
 * after the last estimates of both sides:
 *
 * <pre>
 * k = A · y                         features of the utterance
 * f = softmax(B · k)                the adapter's prediction
 * p = softmax(z + W · f + ln e)     the estimate
 * B ← keep · B + rate · (p - f) · kᵀ
 * </pre>
 *
 * <p>The last line is a step of gradient descent on the cross entropy of f against p: the adapter
 * learns to predict the estimates. A, W, trust, keep and rate were trained through whole dialogues
 * of such steps. A step needs no pass of the decoder.
 *
 * @param key A, (rank, width)
 * @param evidence W, (classes, classes)
 * @param dynamics D of {@link ExpectedEmotions}, (classes, classes · classes)
 * @param trust of {@link ExpectedEmotions}, a scalar
 * @param rate a scalar
 * @param keep a scalar
 */
public record HeadAdapter(
    NDArray key, NDArray evidence, NDArray dynamics, NDArray trust, NDArray rate, NDArray keep) {

  /**
   * Name of the file in a model's directory; an earlier name of the adapter, kept for old models.
   */
  public static final String FILE = "foresight.safetensors";

  private static final double TOLERANCE = 1e-3;

  private static final String KEY = "key.weight";
  private static final String EVIDENCE = "evidence.weight";
  private static final String DYNAMICS = "dynamics.weight";
  private static final String TRUST = "trust";
  private static final String RATE = "rate";
  private static final String KEEP = "keep";

  /**
   * The result of one step of a batch.
   *
   * @param logEstimates log p, (batch, classes)
   * @param losses cross entropy of f against p, (batch)
   * @param gradientNorms L2 norms of (p - f) · kᵀ, (batch)
   * @param after B, (batch, classes, rank)
   */
  public record Step(NDArray logEstimates, NDArray losses, NDArray gradientNorms, NDArray after) {}

  /** The probability of each class in a uniform estimate. */
  public float uniform() {
    return 1f / classes();
  }

  /** Number of emotions. */
  public int classes() {
    return Math.toIntExact(evidence.getShape().get(0));
  }

  /**
   * Estimates one utterance per memory.
   *
   * @param states y, (batch, width)
   * @param logits z, (batch, classes)
   * @param memories B, (batch, classes, rank)
   * @param logExpected ln e up to a constant, (batch, classes)
   */
  public Step step(NDArray states, NDArray logits, NDArray memories, NDArray logExpected) {
    NDArray keys = times(states, key).expandDims(2);
    NDArray logPredicted = memories.matMul(keys).squeeze(2).logSoftmax(1);
    NDArray predicted = logPredicted.exp();
    NDArray logEstimates = logits.add(times(predicted, evidence)).add(logExpected).logSoftmax(1);
    NDArray estimates = logEstimates.exp();
    NDArray error = estimates.sub(predicted);
    NDArray gradient = error.expandDims(2).matMul(keys.transpose(0, 2, 1));
    return new Step(
        logEstimates,
        estimates.mul(logPredicted).sum(new int[] {1}).neg(),
        gradient.square().sum(new int[] {1, 2}).sqrt(),
        memories.mul(keep).add(gradient.mul(rate)));
  }

  /** The result belongs to the manager of the input, unlike that of a transposed matrix. */
  private static NDArray times(NDArray input, NDArray matrix) {
    return Linear.linear(input, matrix).singletonOrThrow();
  }

  /**
   * Reads {@value #FILE} from a model's directory.
   *
   * @throws io.undertone.model.torch.files.ModelFileException if a tensor is missing, has another
   *     shape or is out of range
   */
  public static HeadAdapter load(
      Path directory, int rank, int width, int classes, NDManager manager) {
    Path file = directory.resolve(FILE);
    try (TensorFiles files = TensorFiles.ofFile(file)) {
      HeadAdapter adapter =
          new HeadAdapter(
              files.read(KEY, new Shape(rank, width), manager),
              files.read(EVIDENCE, new Shape(classes, classes), manager),
              files.read(DYNAMICS, new Shape(classes, (long) classes * classes), manager),
              files.read(TRUST, new Shape(1), manager),
              files.read(RATE, new Shape(1), manager),
              files.read(KEEP, new Shape(1), manager));
      adapter.check(file);
      return adapter;
    }
  }

  private void check(Path file) {
    ParameterChecks.requireFinite(file, tensors());
    ParameterChecks.require(
        file, DYNAMICS, dynamics, value -> value >= 0 && value <= 1, "be from 0 to 1");
    ParameterChecks.require(
        file,
        DYNAMICS + ", summed over the next emotion,",
        dynamics.sum(new int[] {0}),
        value -> Math.abs(value - 1) < TOLERANCE,
        "be 1");
    ParameterChecks.require(
        file, TRUST, trust, value -> value >= 0 && value < 1, "be at least 0 and below 1");
    ParameterChecks.require(file, RATE, rate, value -> value > 0, "be above 0");
    ParameterChecks.require(
        file, KEEP, keep, value -> value > 0 && value <= 1, "be above 0 and at most 1");
  }

  private Map<String, NDArray> tensors() {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    tensors.put(KEY, key);
    tensors.put(EVIDENCE, evidence);
    tensors.put(DYNAMICS, dynamics);
    tensors.put(TRUST, trust);
    tensors.put(RATE, rate);
    tensors.put(KEEP, keep);
    return tensors;
  }

  /** Writes {@value #FILE} into an existing directory. */
  public void save(Path directory) {
    SafetensorsWriter.write(directory.resolve(FILE), tensors());
  }
}
