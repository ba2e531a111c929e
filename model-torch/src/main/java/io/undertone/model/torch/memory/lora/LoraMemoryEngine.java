package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.Recognition;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.Past;
import io.undertone.model.torch.memory.EmotionReader;
import io.undertone.model.torch.memory.EngineContext;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.LogitCorrection;
import io.undertone.model.torch.memory.MemoryBatch;
import io.undertone.model.torch.memory.MemoryCost;
import io.undertone.model.torch.memory.NonFiniteEstimateException;
import io.undertone.model.torch.memory.TokenHistory;
import io.undertone.model.torch.memory.TokenLearningEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.memory.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Dynamic Parameter Memory (arXiv 2507.09076): one temporary LoRA per channel on one frozen
 * decoder. For each utterance:
 *
 * <ol>
 *   <li>The prefix is the last n_r tokens of the history.
 *   <li>The loss is the mean cross entropy of the utterance's tokens after the prefix.
 *   <li>Its gradient moves the temporary LoRA by one step of the optimiser.
 *   <li>The utterance joins the history.
 *   <li>The estimate is read at the end of the last n_q tokens of the history, with the updated
 *       LoRA.
 * </ol>
 *
 * <p>Memories in a batch do not affect each other: the batch's gradient is that of the sum of the
 * losses, and each loss depends on its own LoRA alone.
 */
public final class LoraMemoryEngine implements TokenLearningEngine {
  private final Vocabulary vocabulary;
  private final LoraMemoryConfig config;
  private final MemoryCost cost;
  private final LoraLayout layout;
  private final NDManager manager;
  private final DecoderPasses passes;

  public LoraMemoryEngine(LoraMemoryConfig config, EngineContext context) {
    this(
        config,
        context.llama(),
        context.vocabulary(),
        context.correction(),
        context.manager(),
        new Backward());
  }

  /**
   * An engine that corrects no estimate, with its own way to compute gradients.
   *
   * @param parent memories live on its device, until either is closed
   * @param backward may observe what happens between the passes
   */
  public LoraMemoryEngine(
      LoraMemoryConfig config,
      Llama llama,
      Vocabulary vocabulary,
      NDManager parent,
      Backward backward) {
    this(config, llama, vocabulary, LogitCorrection.NONE, parent, backward);
  }

  private LoraMemoryEngine(
      LoraMemoryConfig config,
      Llama llama,
      Vocabulary vocabulary,
      LogitCorrection correction,
      NDManager parent,
      Backward backward) {
    this.vocabulary = vocabulary;
    this.config = config;
    this.cost = config.cost(llama.config());
    this.layout = new LoraLayout(llama.config(), config);
    this.manager = parent.newSubManager();
    EmotionReader reader = new EmotionReader(llama, vocabulary, correction, manager);
    this.passes = new DecoderPasses(llama, vocabulary, reader, config, layout, backward, manager);
  }

  @Override
  public TemporaryLora newMemory(long seed) {
    TokenHistory history = TokenHistory.of(vocabulary.bos());
    return TemporaryLora.create(layout, config.optimizer().moments(), seed, history, manager);
  }

  @Override
  public Supplier<TemporaryLora> restore(MemorySnapshot snapshot) {
    return TemporaryLora.restore(layout.tensors(), config.optimizer().moments(), snapshot, manager);
  }

  @Override
  public int rowTokens(LiveMemory memory, TokenizedUtterance utterance) {
    TemporaryLora lora = MemoryBatch.only(TemporaryLora.class, memory);
    if (passes.reusesPrefix(lora)) {
      return utterance.tokens().length;
    }
    int prefix = lora.history().last(config.prefixTokens()).length;
    return prefix + utterance.tokens().length - 1;
  }

  @Override
  public long updateNanos() {
    return passes.learnNanos();
  }

  @Override
  public long residentBytes() {
    return cost.residentBytes();
  }

  @Override
  public List<Recognition> recognize(
      List<? extends LiveMemory> memories, List<TokenizedUtterance> utterances) {
    MemoryBatch<TemporaryLora> batch = MemoryBatch.of(TemporaryLora.class, memories, utterances);
    try (NDManager step = manager.newSubManager()) {
      List<Part> parts = new ArrayList<>();
      for (List<Integer> rows : rowsThatReadAlike(batch.memories())) {
        parts.add(recognize(rows, batch.rows(rows), step));
      }
      // All arrays are made before any memory changes: the device's memory may not hold them.
      List<Change> changes = parts.stream().flatMap(Part::changes).toList();
      Recognition[] recognitions = new Recognition[memories.size()];
      changes.forEach(change -> recognitions[change.row()] = change.commit());
      return List.of(recognitions);
    }
  }

  /** Row numbers: those that read their prefix, and those that reuse it. */
  private List<List<Integer>> rowsThatReadAlike(List<TemporaryLora> memories) {
    return IntStream.range(0, memories.size())
        .boxed()
        .collect(Collectors.partitioningBy(row -> passes.reusesPrefix(memories.get(row))))
        .values()
        .stream()
        .filter(rows -> !rows.isEmpty())
        .toList();
  }

  /** Computes a part of a batch; no memory changes. */
  private Part recognize(List<Integer> rows, MemoryBatch<TemporaryLora> batch, NDManager step) {
    LoraState before = stack(batch.memories(), step);
    List<TokenHistory> histories = batch.histories(config.historyTokens());
    DecoderPasses.Result result = passes.learnAndEstimate(before, batch, histories, step);
    NonFiniteEstimateException.check(result.probabilities());
    return new Part(rows, batch, histories, result);
  }

  /**
   * Rows of a batch that were computed together.
   *
   * @param rows their numbers in the whole batch
   */
  private record Part(
      List<Integer> rows,
      MemoryBatch<TemporaryLora> batch,
      List<TokenHistory> histories,
      DecoderPasses.Result result) {

    Stream<Change> changes() {
      return IntStream.range(0, rows.size()).mapToObj(this::change);
    }

    private Change change(int i) {
      return new Change(
          rows.get(i),
          batch.memories().get(i),
          result.update().row(i),
          histories.get(i),
          result.keys().row(i),
          new Recognition(
              new EmotionEstimate(result.probabilities()[i]),
              result.update().report(i, batch.tokens().get(i).length)));
    }
  }

  /**
   * What becomes of a memory. The arrays belong to the step until it is committed.
   *
   * @param row its number in the whole batch
   * @param state empty if it stays
   * @param keys of the new history; empty if none are kept
   */
  private record Change(
      int row,
      TemporaryLora memory,
      Optional<LoraState> state,
      TokenHistory history,
      Optional<NDArray> keys,
      Recognition recognition) {

    Recognition commit() {
      state.ifPresent(memory::update);
      memory.setHistory(history);
      keys.ifPresent(memory::setKeys);
      return recognition;
    }
  }

  @Override
  public void learn(List<? extends LiveMemory> memories, List<int[]> prefixes, List<int[]> pieces) {
    List<TemporaryLora> loras = MemoryBatch.allOf(TemporaryLora.class, memories);
    try (NDManager step = manager.newSubManager()) {
      LoraState before = stack(loras, step);
      UpdateStep update = passes.learn(before, loras, prefixes, pieces, Past.NONE, step);
      List<Optional<LoraState>> states =
          IntStream.range(0, loras.size()).mapToObj(update::row).toList();
      for (int row = 0; row < loras.size(); row++) {
        states.get(row).ifPresent(loras.get(row)::update);
      }
    }
  }

  @Override
  public void append(List<? extends LiveMemory> memories, List<int[]> utterances) {
    List<TemporaryLora> loras = MemoryBatch.allOf(TemporaryLora.class, memories);
    for (int row = 0; row < loras.size(); row++) {
      TemporaryLora lora = loras.get(row);
      lora.setHistory(lora.history().with(utterances.get(row), config.historyTokens()));
    }
  }

  @Override
  public List<EmotionEstimate> estimate(List<? extends LiveMemory> memories, int windowTokens) {
    List<TemporaryLora> loras = MemoryBatch.allOf(TemporaryLora.class, memories);
    List<int[]> windows = loras.stream().map(lora -> lora.history().last(windowTokens)).toList();
    try (NDManager step = manager.newSubManager()) {
      return NonFiniteEstimateException.checked(passes.estimate(windows, stack(loras, step), step));
    }
  }

  @Override
  public List<EmotionEstimate> estimateWithoutMemory(List<TokenizedUtterance> windows) {
    List<int[]> tokens = windows.stream().map(TokenizedUtterance::tokens).toList();
    try (NDManager step = manager.newSubManager()) {
      return NonFiniteEstimateException.checked(passes.estimateWithoutMemory(tokens, step));
    }
  }

  private static LoraState stack(List<TemporaryLora> memories, NDManager step) {
    return LoraState.stack(memories.stream().map(TemporaryLora::state).toList(), step);
  }

  @Override
  public void close() {
    manager.close();
  }
}
