package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDManager;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.Recognition;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
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
 * <p>With {@link EstimateMemory} in the place of steps 1 to 3, memories learn from the estimates
 * instead, behind step 5: to foresee them, and the speaker's voice.
 *
 * <p>Conversations do not touch each other: the batch's gradient is that of the sum of the losses,
 * and each loss depends on its own adapter alone. All methods run on the device's owner thread.
 */
public final class DynamicParameterMemory implements AutoCloseable {
  /** A manager, a tensor's header, and the objects that hold them. */
  private static final long OVERHEAD_BYTES = 4096;

  private final Vocabulary vocabulary;
  private final MemoryRecipe recipe;
  private final NDManager manager;
  private final EmotionReader reader;
  private final MemoryRule rule;

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
    this.vocabulary = vocabulary;
    this.recipe = settings;
    this.manager = parent.newSubManager();
    this.reader = new EmotionReader(llama, vocabulary, manager);
    this.rule = new TokenRule(llama, vocabulary, settings, reader, backward, manager);
  }

  /**
   * Memories that learn to foresee the estimates.
   *
   * @param shared gives what they share, for the manager that shall own it
   * @param parent memories live on its device, until they are closed or it is
   */
  public DynamicParameterMemory(
      Llama llama,
      Vocabulary vocabulary,
      ForesightSettings settings,
      Function<NDManager, EstimateMemory> shared,
      NDManager parent) {
    this.vocabulary = vocabulary;
    this.recipe = settings;
    this.manager = parent.newSubManager();
    this.reader = new EmotionReader(llama, vocabulary, manager);
    this.rule = new ForesightRule(settings, shared.apply(manager), reader);
  }

  /** An empty memory: the seed decides its start values, and its history is the begin token. */
  public TemporaryLora newMemory(long seed) {
    return TemporaryLora.fresh(
        rule.layout(), rule.moments(), seed, new int[] {vocabulary.bos()}, manager);
  }

  /** A memory from what {@link TemporaryLora#snapshot} gave. */
  public TemporaryLora restore(MemorySnapshot snapshot) {
    return restoring(snapshot).get();
  }

  /** The same in two steps: any thread may check the values, and the owner thread asks for more. */
  public Supplier<TemporaryLora> restoring(MemorySnapshot snapshot) {
    return TemporaryLora.restored(rule.layout(), rule.moments(), snapshot, manager);
  }

  /**
   * What a memory takes at most in all: its arrays, the keys and values that it keeps, and its
   * history, and about what stands around them, natively and in Java.
   */
  public long residentBytes() {
    long historyBytes = (long) Integer.BYTES * recipe.historyTokens();
    return memoryBytes() + rule.keptBytes() + historyBytes + OVERHEAD_BYTES;
  }

  /** What the arrays of each memory take: parameters and the optimiser's moments, float32. */
  public long memoryBytes() {
    return (1L + rule.moments()) * Float.BYTES * rule.layout().size();
  }

  /** How long a row of a batch has to be for the memory to learn the utterance. */
  public int rowTokens(TemporaryLora memory, int[] utterance) {
    return rule.rowTokens(memory, utterance);
  }

  /**
   * Steps 1 to 5 for one utterance of each conversation. An update whose loss, gradient or estimate
   * is not finite is dropped: its memory keeps its values, but the utterance joins the history.
   *
   * <p>If this throws, no memory has changed.
   *
   * @param memories of different conversations
   * @param utterances tokens, {@code audioEnd} last, one for each memory
   * @param deliveries how each was said
   * @throws NonFiniteEstimateException if an estimate is not finite without the update either
   */
  public List<Recognition> hear(
      List<TemporaryLora> memories, List<int[]> utterances, List<Delivery> deliveries) {
    if (memories.isEmpty()
        || memories.size() != utterances.size()
        || memories.size() != deliveries.size()) {
      throw new IllegalArgumentException(
          "memories must be as many as utterances and deliveries and at least 1, but are %d, %d and %d"
              .formatted(memories.size(), utterances.size(), deliveries.size()));
    }
    try (NDManager step = manager.newSubManager()) {
      List<Heard> parts = new ArrayList<>();
      for (List<Integer> rows : rule.parts(memories)) {
        parts.add(hear(rows, memories, utterances, deliveries, step));
      }
      Recognition[] recognitions = new Recognition[memories.size()];
      for (Heard part : parts) {
        for (int i = 0; i < part.rows().size(); i++) {
          int row = part.rows().get(i);
          recognitions[row] = part.commit(i, memories.get(row), utterances.get(row).length);
        }
      }
      return List.of(recognitions);
    }
  }

  /** Hears some of a batch's conversations, and changes no memory. */
  private Heard hear(
      List<Integer> rows,
      List<TemporaryLora> allMemories,
      List<int[]> allUtterances,
      List<Delivery> allDeliveries,
      NDManager step) {
    List<TemporaryLora> memories = rows.stream().map(allMemories::get).toList();
    List<int[]> utterances = rows.stream().map(allUtterances::get).toList();
    List<Delivery> deliveries = rows.stream().map(allDeliveries::get).toList();
    LoraState before = LoraState.stack(memories.stream().map(TemporaryLora::state).toList(), step);
    List<int[]> histories = histories(memories, utterances);
    MemoryRule.Heard heard = rule.hear(before, memories, utterances, deliveries, histories, step);
    NonFiniteEstimateException.check(heard.probabilities());
    return new Heard(rows, histories, heard);
  }

  /**
   * Conversations of a batch that were heard together.
   *
   * @param rows of the batch
   */
  private record Heard(List<Integer> rows, List<int[]> histories, MemoryRule.Heard outcome) {

    /** Steps 3 and 4 of the i-th of them. */
    Recognition commit(int i, TemporaryLora memory, int utteranceTokens) {
      outcome.update().commit(i, memory);
      memory.remember(histories.get(i));
      outcome.keys().commit(i, memory);
      return new Recognition(
          new EmotionEstimate(outcome.probabilities()[i]),
          outcome.update().report(i, utteranceTokens));
    }
  }

  /** The same where no voice was measured. */
  public List<Recognition> hear(List<TemporaryLora> memories, List<int[]> utterances) {
    return hear(memories, utterances, Collections.nCopies(utterances.size(), Delivery.UNKNOWN));
  }

  /**
   * Steps 1 to 3 alone, for pieces of speech that need not be utterances: each memory learns its
   * piece after its prefix, which is read, and no history changes. An update whose loss or gradient
   * is not finite is dropped.
   *
   * @param prefixes at least one token each
   * @param pieces at least one token each
   * @throws UnsupportedOperationException if memories do not learn tokens
   */
  public void learn(List<TemporaryLora> memories, List<int[]> prefixes, List<int[]> pieces) {
    if (!(rule instanceof TokenRule tokens)) {
      throw new UnsupportedOperationException(
          "memories must learn tokens to learn pieces of speech, but learn " + recipe);
    }
    try (NDManager step = manager.newSubManager()) {
      LoraState before =
          LoraState.stack(memories.stream().map(TemporaryLora::state).toList(), step);
      UpdateStep update = tokens.update(before, memories, prefixes, pieces, step);
      for (int row = 0; row < memories.size(); row++) {
        update.commit(row, memories.get(row));
      }
    }
  }

  /** Step 4 alone: the utterances join the histories, of which no keys are kept. */
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
      return estimates(rule.read(windows(memories, windowTokens), state, step));
    }
  }

  /**
   * What each conversation's window tells without its memory: step 5 with the temporary LoRA off.
   */
  public List<EmotionEstimate> estimateWithoutMemory(List<TemporaryLora> memories) {
    return estimateWithoutMemory(memories, recipe.windowTokens());
  }

  /**
   * The same from another window.
   *
   * @param windowTokens at most what a history holds
   */
  public List<EmotionEstimate> estimateWithoutMemory(
      List<TemporaryLora> memories, int windowTokens) {
    List<Delivery> unknown = Collections.nCopies(memories.size(), Delivery.UNKNOWN);
    return estimateWithoutMemory(windows(memories, windowTokens), unknown);
  }

  /**
   * The same of the last utterances as they were said, each voice against all voices.
   *
   * @param deliveries of the utterances
   */
  public List<EmotionEstimate> estimateAsStranger(
      List<TemporaryLora> memories, List<Delivery> deliveries) {
    return estimateWithoutMemory(windows(memories, recipe.windowTokens()), deliveries);
  }

  /**
   * The same of any windows.
   *
   * @param windows at least one token each
   * @param deliveries of their last utterances
   */
  public List<EmotionEstimate> estimateWithoutMemory(
      List<int[]> windows, List<Delivery> deliveries) {
    try (NDManager step = manager.newSubManager()) {
      return estimates(rule.readWithoutMemory(windows, deliveries, step));
    }
  }

  private static List<int[]> windows(List<TemporaryLora> memories, int tokens) {
    return memories.stream().map(memory -> memory.last(tokens)).toList();
  }

  private static List<EmotionEstimate> estimates(float[][] probabilities) {
    NonFiniteEstimateException.check(probabilities);
    return Arrays.stream(probabilities).map(EmotionEstimate::new).toList();
  }

  /** Step 4. */
  private List<int[]> histories(List<TemporaryLora> memories, List<int[]> utterances) {
    List<int[]> histories = new ArrayList<>();
    for (int row = 0; row < memories.size(); row++) {
      histories.add(memories.get(row).historyWith(utterances.get(row), recipe.historyTokens()));
    }
    return histories;
  }

  /** Gives up the constants and all memories. */
  @Override
  public void close() {
    manager.close();
  }
}
