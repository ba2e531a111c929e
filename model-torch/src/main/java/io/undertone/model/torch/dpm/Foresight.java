package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a conversation leads one to expect, and how much that counts. A memory is one factor of a
 * low-rank map from how an utterance sounds to how its speaker feels; the other factor is the
 * model's, as in LoRA-FA (Zhang et al., arXiv 2308.03303). With y the decoder's normalised state
 * behind an utterance, z its emotion logits, B the memory, zeros at first, b the estimate before,
 * and c that of the call's other side when it spoke last:
 *
 * <pre>
 * k = A · y                   what of the utterance matters
 * f = softmax(B · k)          what is foreseen of it
 * e = trust · Σ_ij b_i c_j D_ij + (1 - trust) / 4      what is expected after both
 * p = softmax(z + W · f + ln e)                        the estimate
 * B ← keep · B + rate · (p - f) · kᵀ
 * </pre>
 *
 * <p>D is how feelings move: last, and answer those of others. As long as a side has not spoken,
 * all its emotions are alike. The last line is a step of gradient descent on the cross entropy of f
 * against p: the memory learns to foresee what was heard. A, W, trust, keep and rate are learned
 * beforehand, through whole dialogues of such steps. It costs no pass through the decoder.
 *
 * @param key A, (rank, width)
 * @param evidence W, (classes, classes)
 * @param dynamics D, (classes, classes · classes): of the next emotion by the own last one and the
 *     other side's, {@code own · classes + other}
 * @param trust a scalar
 * @param rate a scalar
 * @param keep a scalar
 */
public record Foresight(
    NDArray key, NDArray evidence, NDArray dynamics, NDArray trust, NDArray rate, NDArray keep) {

  /** The file's name in a model's directory. */
  public static final String FILE = "foresight.safetensors";

  private static final double TOLERANCE = 1e-3;

  private static final String KEY = "key.weight";
  private static final String EVIDENCE = "evidence.weight";
  private static final String DYNAMICS = "dynamics.weight";
  private static final String TRUST = "trust";
  private static final String RATE = "rate";
  private static final String KEEP = "keep";

  /**
   * A step of a batch.
   *
   * @param logEstimates log p, (batch, classes)
   * @param losses cross entropy of f against p, (batch)
   * @param gradientNorms L2 norms of (p - f) · kᵀ, (batch)
   * @param after B, (batch, classes, rank)
   */
  public record Step(NDArray logEstimates, NDArray losses, NDArray gradientNorms, NDArray after) {}

  /** What b is at first, for each of the classes. */
  public float atFirst() {
    return 1f / classes();
  }

  /** How many emotions there are. */
  public int classes() {
    return Math.toIntExact(evidence.getShape().get(0));
  }

  /** How many rows A has. */
  public int rank() {
    return Math.toIntExact(key.getShape().get(0));
  }

  /**
   * Hears an utterance of each conversation.
   *
   * @param states y, (batch, width)
   * @param logits z, (batch, classes)
   * @param memories B, (batch, classes, rank)
   * @param beliefs b, less what it is at first, (batch, classes)
   * @param others c, (batch, classes)
   */
  public Step step(
      NDArray states, NDArray logits, NDArray memories, NDArray beliefs, NDArray others) {
    NDArray keys = times(states, key).expandDims(2);
    NDArray logForeseen = memories.matMul(keys).squeeze(2).logSoftmax(1);
    NDArray foreseen = logForeseen.exp();
    NDArray expected = expected(beliefs.add(atFirst()), others).log();
    NDArray logEstimates = logits.add(times(foreseen, evidence)).add(expected).logSoftmax(1);
    NDArray estimates = logEstimates.exp();
    NDArray surprise = estimates.sub(foreseen);
    NDArray gradient = surprise.expandDims(2).matMul(keys.transpose(0, 2, 1));
    return new Step(
        logEstimates,
        estimates.mul(logForeseen).sum(new int[] {1}).neg(),
        gradient.square().sum(new int[] {1, 2}).sqrt(),
        memories.mul(keep).add(gradient.mul(rate)));
  }

  /** e, (batch, classes) */
  private NDArray expected(NDArray own, NDArray others) {
    NDArray both = own.expandDims(2).matMul(others.expandDims(1));
    NDArray moved =
        times(both.reshape(own.getShape().get(0), dynamics.getShape().get(1)), dynamics);
    return moved.sub(atFirst()).mul(trust).add(atFirst());
  }

  /** The result belongs to the manager of the input, unlike that of a transposed matrix. */
  private static NDArray times(NDArray input, NDArray matrix) {
    return Linear.linear(input, matrix).singletonOrThrow();
  }

  /**
   * Reads {@value #FILE} of a model's directory.
   *
   * @throws ModelFileException if a tensor is missing, has another shape or cannot be meant
   */
  public static Foresight load(
      Path directory, ForesightSettings settings, int width, int classes, NDManager manager) {
    Path file = directory.resolve(FILE);
    try (TensorFiles files = TensorFiles.ofFile(file)) {
      Foresight foresight =
          new Foresight(
              files.read(KEY, new Shape(settings.rank(), width), manager),
              files.read(EVIDENCE, new Shape(classes, classes), manager),
              files.read(DYNAMICS, new Shape(classes, (long) classes * classes), manager),
              files.read(TRUST, new Shape(1), manager),
              files.read(RATE, new Shape(1), manager),
              files.read(KEEP, new Shape(1), manager));
      foresight.check(file);
      return foresight;
    }
  }

  private void check(Path file) {
    SharedTensors.requireFinite(file, tensors());
    SharedTensors.require(
        file, DYNAMICS, dynamics, value -> value >= 0 && value <= 1, "be from 0 to 1");
    SharedTensors.require(
        file,
        DYNAMICS + ", summed over what is next,",
        dynamics.sum(new int[] {0}),
        value -> Math.abs(value - 1) < TOLERANCE,
        "be 1");
    SharedTensors.require(
        file, TRUST, trust, value -> value >= 0 && value < 1, "be at least 0 and below 1");
    SharedTensors.require(file, RATE, rate, value -> value > 0, "be above 0");
    SharedTensors.require(
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

  /** Writes what {@link #load} reads, into a directory that is there. */
  public void save(Path directory) {
    SafetensorsWriter.write(directory.resolve(FILE), tensors());
  }
}
