package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemoryUpdate;
import io.undertone.model.Recognition;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.Lora;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Dynamic Parameter Memory (arXiv 2507.09076): hears utterances and writes them into temporary
 * LoRAs, one a conversation, on one frozen decoder. For each conversation of a batch:
 *
 * <ol>
 *   <li>the prefix is the last n_r tokens of its history;
 *   <li>the loss is the mean cross entropy of the utterance's tokens after the prefix;
 *   <li>its gradient moves the temporary LoRA by one step of {@link AdamW}, or of another rule;
 *   <li>the utterance joins the history;
 *   <li>the estimate is read behind the last n_q tokens of the history, with the new memory.
 * </ol>
 *
 * <p>Conversations do not touch each other: the batch's gradient is that of the sum of the losses,
 * and each loss depends on its own adapter alone. All methods run on the device's owner thread.
 */
public final class DynamicParameterMemory implements AutoCloseable {
  private final Llama llama;
  private final Vocabulary vocabulary;
  private final MemorySettings settings;
  private final Backward backward;
  private final NDManager manager;
  private final NDArray scaling;
  private final LoraLayout layout;
  private final Optimizer optimizer;
  private final EmotionReader reader;

  /**
   * @param parent memories live on its device, until they are closed or it is
   */
  public DynamicParameterMemory(
      Llama llama, Vocabulary vocabulary, MemorySettings settings, NDManager parent) {
    this(llama, vocabulary, settings, parent, new Backward());
  }

  /**
   * As the other constructor, with a way to compute gradients.
   *
   * @param backward may watch what happens between the passes
   */
  public DynamicParameterMemory(
      Llama llama,
      Vocabulary vocabulary,
      MemorySettings settings,
      NDManager parent,
      Backward backward) {
    this.llama = llama;
    this.vocabulary = vocabulary;
    this.settings = settings;
    this.backward = backward;
    this.manager = parent.newSubManager();
    this.scaling = manager.full(new Shape(), (float) settings.scaling());
    this.layout = new LoraLayout(llama.config(), settings);
    this.optimizer = settings.optimizer().create(manager);
    this.reader = new EmotionReader(llama, vocabulary, manager);
  }

  /** An empty memory: the seed decides its start values, and its history is the begin token. */
  public TemporaryLora newMemory(long seed) {
    return TemporaryLora.fresh(
        layout, settings.optimizer().moments(), seed, new int[] {vocabulary.bos()}, manager);
  }

  /** A memory from what {@link TemporaryLora#snapshot} gave. */
  public TemporaryLora restore(MemorySnapshot snapshot) {
    return restoring(snapshot).get();
  }

  /** The same in two steps: any thread may check the values, and the owner thread asks for more. */
  public Supplier<TemporaryLora> restoring(MemorySnapshot snapshot) {
    return TemporaryLora.restored(layout, settings.optimizer().moments(), snapshot, manager);
  }

  /** What the arrays of each memory take: parameters and the optimiser's moments, float32. */
  public long memoryBytes() {
    return (1L + settings.optimizer().moments()) * Float.BYTES * layout.size();
  }

  /** How long a row of a batch has to be for the memory to learn the utterance. */
  public int rowTokens(TemporaryLora memory, int[] utterance) {
    return memory.last(settings.prefixTokens()).length + utterance.length - 1;
  }

  /**
   * Steps 1 to 5 for one utterance of each conversation. An update whose loss, gradient or estimate
   * is not finite is dropped: its memory keeps its values, but the utterance joins the history.
   *
   * <p>If this throws, no memory has changed.
   *
   * @param memories of different conversations
   * @param utterances tokens, {@code audioEnd} last, one for each memory
   * @throws NonFiniteEstimateException if an estimate is not finite without the update either
   */
  public List<Recognition> hear(List<TemporaryLora> memories, List<int[]> utterances) {
    if (memories.isEmpty() || memories.size() != utterances.size()) {
      throw new IllegalArgumentException(
          "memories must be as many as utterances and at least 1, but are %d and %d"
              .formatted(memories.size(), utterances.size()));
    }
    try (NDManager step = manager.newSubManager()) {
      LoraState before =
          LoraState.stack(memories.stream().map(TemporaryLora::state).toList(), step);
      List<int[]> prefixes = windows(memories, settings.prefixTokens());
      UpdateStep update = update(before, memories, prefixes, utterances, step);
      List<int[]> histories = histories(memories, utterances);
      float[][] probabilities = read(histories, update.kept(before), step);
      if (update.dropWhereNotFinite(probabilities)) {
        probabilities = read(histories, update.kept(before), step);
      }
      NonFiniteEstimateException.check(probabilities);
      List<Recognition> recognitions = recognitions(probabilities, update, utterances);
      for (int row = 0; row < memories.size(); row++) {
        update.commit(row, memories.get(row));
        memories.get(row).remember(histories.get(row));
      }
      return recognitions;
    }
  }

  /**
   * Steps 1 to 3 alone, for pieces of speech that need not be utterances: each memory learns its
   * piece after its prefix, and no history changes. An update whose loss or gradient is not finite
   * is dropped.
   *
   * @param prefixes at least one token each
   * @param pieces at least one token each
   */
  public void learn(List<TemporaryLora> memories, List<int[]> prefixes, List<int[]> pieces) {
    try (NDManager step = manager.newSubManager()) {
      LoraState before =
          LoraState.stack(memories.stream().map(TemporaryLora::state).toList(), step);
      UpdateStep update = update(before, memories, prefixes, pieces, step);
      for (int row = 0; row < memories.size(); row++) {
        update.commit(row, memories.get(row));
      }
    }
  }

  /** Step 4 alone: the utterances join the histories. */
  public void remember(List<TemporaryLora> memories, List<int[]> utterances) {
    List<int[]> histories = histories(memories, utterances);
    for (int row = 0; row < memories.size(); row++) {
      memories.get(row).remember(histories.get(row));
    }
  }

  /**
   * Step 5 alone, from another window.
   *
   * @param windowTokens at most what a history holds
   */
  public List<EmotionEstimate> estimate(List<TemporaryLora> memories, int windowTokens) {
    try (NDManager step = manager.newSubManager()) {
      LoraState state = LoraState.stack(memories.stream().map(TemporaryLora::state).toList(), step);
      return estimates(windows(memories, windowTokens), adapter(state.parameters()), step);
    }
  }

  /**
   * What each conversation's window tells without its memory: step 5 with the temporary LoRA off.
   */
  public List<EmotionEstimate> estimateWithoutMemory(List<TemporaryLora> memories) {
    return estimateWithoutMemory(memories, settings.windowTokens());
  }

  /**
   * The same from another window.
   *
   * @param windowTokens at most what a history holds
   */
  public List<EmotionEstimate> estimateWithoutMemory(
      List<TemporaryLora> memories, int windowTokens) {
    try (NDManager step = manager.newSubManager()) {
      return estimates(windows(memories, windowTokens), Adapter.NONE, step);
    }
  }

  private static List<int[]> windows(List<TemporaryLora> memories, int tokens) {
    return memories.stream().map(memory -> memory.last(tokens)).toList();
  }

  private List<EmotionEstimate> estimates(List<int[]> windows, Adapter adapter, NDManager step) {
    float[][] probabilities = reader.probabilities(windows, adapter, step);
    NonFiniteEstimateException.check(probabilities);
    return Arrays.stream(probabilities).map(EmotionEstimate::new).toList();
  }

  /** Steps 2 and 3. */
  private UpdateStep update(
      LoraState before,
      List<TemporaryLora> memories,
      List<int[]> prefixes,
      List<int[]> utterances,
      NDManager step) {
    UtteranceLoss loss = new UtteranceLoss(prefixes, utterances, vocabulary.pad(), step);
    NDArray parameters = before.parameters();
    parameters.setRequiresGradient(true);
    NDArray losses = backward.of(() -> loss.of(llama, adapter(parameters)));
    NDArray gradient = parameters.getGradient();
    parameters.setRequiresGradient(false);
    NDArray norms = gradient.square().sum(new int[] {1}).sqrt();
    int[] steps = memories.stream().mapToInt(memory -> memory.optimizerStep() + 1).toArray();
    LoraState after = optimizer.step(before, gradient, steps);
    return new UpdateStep(after, losses.toFloatArray(), norms.toFloatArray());
  }

  /** Step 4. */
  private List<int[]> histories(List<TemporaryLora> memories, List<int[]> utterances) {
    List<int[]> histories = new ArrayList<>();
    for (int row = 0; row < memories.size(); row++) {
      histories.add(memories.get(row).historyWith(utterances.get(row), settings.historyTokens()));
    }
    return histories;
  }

  /** Step 5. */
  private float[][] read(List<int[]> histories, LoraState state, NDManager step) {
    int tokens = settings.windowTokens();
    List<int[]> windows =
        histories.stream().map(history -> TemporaryLora.last(history, tokens)).toList();
    return reader.probabilities(windows, adapter(state.parameters()), step);
  }

  private Adapter adapter(NDArray parameters) {
    return new Lora(layout.pairs(parameters), scaling);
  }

  private static List<Recognition> recognitions(
      float[][] probabilities, UpdateStep update, List<int[]> utterances) {
    List<Recognition> recognitions = new ArrayList<>();
    for (int row = 0; row < probabilities.length; row++) {
      MemoryUpdate report = update.report(row, utterances.get(row).length);
      recognitions.add(new Recognition(new EmotionEstimate(probabilities[row]), report));
    }
    return recognitions;
  }

  /** Gives up the constants and all memories. */
  @Override
  public void close() {
    manager.close();
  }
}
