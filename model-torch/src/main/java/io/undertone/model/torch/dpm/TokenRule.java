package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.AttentionShape;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaConfig;
import io.undertone.model.torch.llama.Lora;
import io.undertone.model.torch.llama.Past;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The paper's: a LoRA of the decoder's projections learns to foresee the utterance's tokens.
 *
 * <p>Three quarters of that is the prefix, which was read before. With {@link
 * MemorySettings#prefixRefreshUtterances} k above 1, a memory keeps the keys and values of its
 * window, as Temp-LoRA's code (arXiv 2401.11504) does:
 *
 * <ul>
 *   <li>If its update step is a multiple of k, or it has kept none, the utterance is heard exactly.
 *   <li>Else it is learned and estimated behind what was kept: with the LoRAs of the utterances
 *       since, and without a gradient through the prefix.
 *   <li>Either way, it keeps what the estimate has looked at, whose newest part is the utterance
 *       under the LoRA that has learned it.
 * </ul>
 *
 * <p>Keys are kept before their rotation, and positions count from the oldest token that is looked
 * at, as they do in the exact case. What is kept of a token has seen what stood before it then,
 * even where the window has moved on.
 */
final class TokenRule implements MemoryRule {
  private final Llama llama;
  private final Vocabulary vocabulary;
  private final MemorySettings settings;
  private final Backward backward;
  private final NDArray scaling;
  private final LoraLayout layout;
  private final Optimizer optimizer;
  private final EmotionReader reader;

  /**
   * @param manager owns the constants
   */
  TokenRule(
      Llama llama,
      Vocabulary vocabulary,
      MemorySettings settings,
      EmotionReader reader,
      Backward backward,
      NDManager manager) {
    this.llama = llama;
    this.vocabulary = vocabulary;
    this.settings = settings;
    this.backward = backward;
    this.scaling = manager.full(new Shape(), (float) settings.scaling());
    this.layout = LoraLayout.ofProjections(llama.config(), settings);
    this.optimizer = settings.optimizer().create(manager);
    this.reader = reader;
  }

  @Override
  public LoraLayout layout() {
    return layout;
  }

  @Override
  public int moments() {
    return settings.optimizer().moments();
  }

  @Override
  public long keptBytes() {
    if (!settings.reusesPrefix()) {
      return 0;
    }
    LlamaConfig config = llama.config();
    AttentionShape heads = config.attention();
    long tokenBytes = 2L * Float.BYTES * heads.keyValueHeads() * heads.headWidth();
    return tokenBytes * config.layers() * settings.windowTokens();
  }

  @Override
  public List<List<Integer>> parts(List<TemporaryLora> memories) {
    return IntStream.range(0, memories.size())
        .boxed()
        .collect(Collectors.partitioningBy(row -> reusesPrefix(memories.get(row))))
        .values()
        .stream()
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private boolean reusesPrefix(TemporaryLora memory) {
    return memory.updateStep() % settings.prefixRefreshUtterances() != 0
        && memory.keys().isPresent();
  }

  @Override
  public int rowTokens(TemporaryLora memory, int[] utterance) {
    if (reusesPrefix(memory)) {
      return utterance.length;
    }
    return memory.last(settings.prefixTokens()).length + utterance.length - 1;
  }

  @Override
  public Heard hear(
      LoraState before,
      List<TemporaryLora> memories,
      List<int[]> utterances,
      List<Delivery> deliveries,
      List<int[]> histories,
      NDManager step) {
    Reading reading =
        reusesPrefix(memories.get(0))
            ? Reading.reusing(settings, memories, utterances, step)
            : Reading.exact(settings, memories, histories);
    UpdateStep update =
        update(before, memories, reading.prefixes(), utterances, reading.beforePrefixes(), step);
    Read read = read(reading, update.kept(before), step);
    if (update.dropWhereNotFinite(read.probabilities())) {
      read = read(reading, update.kept(before), step);
    }
    return new Heard(update, read.probabilities(), read.keys());
  }

  private record Read(float[][] probabilities, KeysOfRows keys) {}

  /** Step 5, and what memories keep of it. */
  private Read read(Reading reading, LoraState state, NDManager step) {
    if (!settings.reusesPrefix()) {
      return new Read(read(reading.windows(), state, step), KeysOfRows.NONE);
    }
    RecordedKeys seen = new RecordedKeys(reading.beforeWindows());
    Adapter adapter = adapter(state.parameters());
    float[][] probabilities = reader.probabilities(reading.windows(), seen, adapter, step);
    return new Read(
        probabilities,
        (row, memory) -> {
          int own = reading.windows().get(row).length;
          memory.keep(seen.row(row, reading.windowPasts()[row], own, memory.manager()));
        });
  }

  /** Steps 2 and 3, exactly. */
  UpdateStep update(
      LoraState before,
      List<TemporaryLora> memories,
      List<int[]> prefixes,
      List<int[]> utterances,
      NDManager step) {
    return update(before, memories, prefixes, utterances, Past.NONE, step);
  }

  private UpdateStep update(
      LoraState before,
      List<TemporaryLora> memories,
      List<int[]> prefixes,
      List<int[]> utterances,
      Past past,
      NDManager step) {
    UtteranceLoss loss = new UtteranceLoss(prefixes, utterances, vocabulary.pad(), step);
    NDArray parameters = before.parameters();
    parameters.setRequiresGradient(true);
    NDArray losses = backward.of(() -> loss.of(llama, adapter(parameters), past));
    NDArray gradient = parameters.getGradient();
    parameters.setRequiresGradient(false);
    NDArray norms = gradient.square().sum(new int[] {1}).sqrt();
    int[] steps = memories.stream().mapToInt(memory -> memory.optimizerStep() + 1).toArray();
    LoraState after = optimizer.step(before, gradient, steps);
    return new UpdateStep(after, losses.toFloatArray(), norms.toFloatArray());
  }

  @Override
  public float[][] read(List<int[]> windows, LoraState state, NDManager step) {
    return reader.probabilities(windows, adapter(state.parameters()), step);
  }

  private Adapter adapter(NDArray parameters) {
    return new Lora(layout.pairs(parameters), scaling);
  }

  @Override
  public float[][] readWithoutMemory(
      List<int[]> windows, List<Delivery> deliveries, NDManager step) {
    return reader.probabilities(windows, Adapter.NONE, step);
  }
}
