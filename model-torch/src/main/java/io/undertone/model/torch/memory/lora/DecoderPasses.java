package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.Lora;
import io.undertone.model.torch.llama.Past;
import io.undertone.model.torch.memory.EmotionReader;
import io.undertone.model.torch.memory.MemoryBatch;
import io.undertone.model.torch.memory.RowUpdates;
import io.undertone.model.torch.memory.TokenHistory;
import io.undertone.model.torch.memory.Vocabulary;
import java.util.List;
import java.util.Optional;

/**
 * The decoder's passes for a batch: forward and backward to learn the utterances, forward to
 * estimate their emotions. No memory changes here.
 *
 * <p>Three quarters of the tokens of an update are the prefix, which was read before. With {@link
 * LoraMemoryConfig#prefixRefreshUtterances} k above 1, a memory keeps the keys and values of its
 * window, as Temp-LoRA's code (arXiv 2401.11504) does:
 *
 * <ul>
 *   <li>If the update step is a multiple of k, or no keys are kept, the whole prefix is read.
 *   <li>Otherwise the utterance is learned and estimated after the kept keys and values. These come
 *       from the LoRA of earlier utterances, and no gradient flows through them.
 *   <li>In both cases the memory keeps the keys and values that the estimate attended to. Those of
 *       the utterance itself come from the updated LoRA.
 * </ul>
 *
 * <p>Keys are kept before their rotation, and positions count from the oldest token that is
 * attended to, as without reuse. The kept values of a token depend on the tokens that preceded it
 * when it was read, even if these have left the window since.
 */
final class DecoderPasses {
  private final Llama llama;
  private final Vocabulary vocabulary;
  private final LoraMemoryConfig config;
  private final Backward backward;
  private final NDArray scaling;
  private final LoraLayout layout;
  private final Optimizer optimizer;
  private final EmotionReader reader;
  private long learnNanos;

  /**
   * @param backward may observe what happens between the passes
   * @param manager owns the constants
   */
  DecoderPasses(
      Llama llama,
      Vocabulary vocabulary,
      EmotionReader reader,
      LoraMemoryConfig config,
      LoraLayout layout,
      Backward backward,
      NDManager manager) {
    this.llama = llama;
    this.vocabulary = vocabulary;
    this.config = config;
    this.layout = layout;
    this.backward = backward;
    this.scaling = manager.full(new Shape(), (float) config.scaling());
    this.optimizer = config.optimizer().create(manager);
    this.reader = reader;
  }

  /**
   * Results for a batch whose memories have not changed yet.
   *
   * @param probabilities with the updated memories
   */
  record Result(UpdateStep update, float[][] probabilities, KeysToKeep keys) {}

  /** The keys and values that memories keep of their new histories. */
  @FunctionalInterface
  interface KeysToKeep {

    /** Keeps nothing. */
    KeysToKeep NONE = row -> Optional.empty();

    /** A copy of one row's, as {@link KeptKeys} has them, in the manager of the step. */
    Optional<NDArray> row(int row);
  }

  /** Whether the next utterance of a memory is read after its kept keys and values. */
  boolean reusesPrefix(TemporaryLora memory) {
    return memory.updateStep() % config.prefixRefreshUtterances() != 0 && memory.keys().isPresent();
  }

  /** For how long memories have learned so far. */
  long learnNanos() {
    return learnNanos;
  }

  /**
   * Learns and estimates one utterance per memory.
   *
   * @param before states of the memories, stacked
   * @param batch memories that all reuse their prefixes, or all read them
   * @param histories after the utterances
   */
  Result learnAndEstimate(
      LoraState before,
      MemoryBatch<TemporaryLora> batch,
      List<TokenHistory> histories,
      NDManager step) {
    Reading reading =
        reusesPrefix(batch.memories().get(0))
            ? Reading.reusing(config, batch, step)
            : Reading.exact(config, batch, histories);
    long beginNanos = System.nanoTime();
    UpdateStep update =
        learn(
            before,
            batch.memories(),
            reading.prefixes(),
            batch.tokens(),
            reading.beforePrefixes(),
            step);
    learnNanos += System.nanoTime() - beginNanos;
    Estimates estimates = estimate(reading, update.appliedTo(before), step);
    if (update.dropWhereNotFinite(estimates.probabilities())) {
      estimates = estimate(reading, update.appliedTo(before), step);
    }
    return new Result(update, estimates.probabilities(), estimates.keys());
  }

  private record Estimates(float[][] probabilities, KeysToKeep keys) {}

  private Estimates estimate(Reading reading, LoraState state, NDManager step) {
    if (!config.reusesPrefix()) {
      return new Estimates(estimate(reading.windows(), state, step), KeysToKeep.NONE);
    }
    RecordedKeys recorded = new RecordedKeys(reading.beforeWindows());
    Adapter adapter = adapter(state.parameters());
    float[][] probabilities = reader.probabilities(reading.windows(), recorded, adapter, step);
    return new Estimates(
        probabilities,
        row -> {
          int own = reading.windows().get(row).length;
          return Optional.of(recorded.row(row, reading.windowPasts()[row], own, step));
        });
  }

  /**
   * One optimiser step per memory on the loss of its piece after its prefix.
   *
   * @param before states of the memories, stacked
   * @param past keys and values before the prefixes
   */
  UpdateStep learn(
      LoraState before,
      List<TemporaryLora> memories,
      List<int[]> prefixes,
      List<int[]> pieces,
      Past past,
      NDManager step) {
    UtteranceLoss loss = new UtteranceLoss(prefixes, pieces, vocabulary.pad(), step);
    NDArray parameters = before.parameters();
    parameters.setRequiresGradient(true);
    NDArray losses = backward.of(() -> loss.of(llama, adapter(parameters), past));
    NDArray gradient = parameters.getGradient();
    parameters.setRequiresGradient(false);
    NDArray norms = gradient.square().sum(new int[] {1}).sqrt();
    int[] steps = memories.stream().mapToInt(memory -> memory.optimizerStep() + 1).toArray();
    LoraState after = optimizer.step(before, gradient, steps);
    return new UpdateStep(after, new RowUpdates(losses.toFloatArray(), norms.toFloatArray()));
  }

  /** Probabilities with memory at the end of each window; nothing is learned. */
  float[][] estimate(List<int[]> windows, LoraState state, NDManager step) {
    return reader.probabilities(windows, adapter(state.parameters()), step);
  }

  /** Probabilities of the decoder without a temporary LoRA. */
  float[][] estimateWithoutMemory(List<int[]> windows, NDManager step) {
    return reader.probabilities(windows, Adapter.NONE, step);
  }

  private Adapter adapter(NDArray parameters) {
    return new Lora(layout.pairs(parameters), scaling);
  }
}
