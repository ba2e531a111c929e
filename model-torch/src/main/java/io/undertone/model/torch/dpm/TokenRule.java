package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.Lora;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.List;

/** The paper's: a LoRA of the decoder's projections learns to foresee the utterance's tokens. */
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
  public int rowTokens(TemporaryLora memory, int[] utterance) {
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
    List<int[]> prefixes =
        memories.stream().map(memory -> memory.last(settings.prefixTokens())).toList();
    UpdateStep update = update(before, memories, prefixes, utterances, step);
    List<int[]> windows = TemporaryLora.lastOfEach(histories, settings.windowTokens());
    float[][] probabilities = read(windows, update.kept(before), step);
    if (update.dropWhereNotFinite(probabilities)) {
      probabilities = read(windows, update.kept(before), step);
    }
    return new Heard(update, probabilities);
  }

  /** Steps 2 and 3. */
  UpdateStep update(
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
