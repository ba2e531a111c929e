package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.Recognition;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.memory.EmotionReader;
import io.undertone.model.torch.memory.EngineContext;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.LogitCorrection;
import io.undertone.model.torch.memory.MemoryBatch;
import io.undertone.model.torch.memory.MemoryCost;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.NonFiniteEstimateException;
import io.undertone.model.torch.memory.RowUpdates;
import io.undertone.model.torch.memory.StateArrays;
import io.undertone.model.torch.memory.TokenHistory;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.memory.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Memories that adapt the emotion head to the speaker. For each utterance:
 *
 * <ol>
 *   <li>The utterance joins the history.
 *   <li>The frozen decoder reads the last tokens of the history.
 *   <li>The {@link SpeakerModel} computes the estimate and the new state.
 * </ol>
 */
public final class SpeakerMemoryEngine implements MemoryEngine {
  private final Vocabulary vocabulary;
  private final SpeakerMemoryConfig config;
  private final MemoryCost cost;
  private final SpeakerStateLayout layout;
  private final NDManager manager;
  private final EmotionReader reader;
  private final SpeakerModel model;
  private final LogitCorrection correction;
  private long updateNanos;

  /**
   * @param model creates the parameters that all memories share, in the manager that owns them; the
   *     engine corrects its estimates
   */
  public SpeakerMemoryEngine(
      SpeakerMemoryConfig config, EngineContext context, Function<NDManager, SpeakerModel> model) {
    this.vocabulary = context.vocabulary();
    this.config = config;
    this.cost = config.cost(context.llama().config());
    this.layout = new SpeakerStateLayout(config);
    this.manager = context.manager().newSubManager();
    this.reader = new EmotionReader(context.llama(), vocabulary, manager);
    this.correction = context.correction();
    this.model = model.apply(manager).with(correction, manager);
  }

  /** New memories are all zero, whatever the seed. */
  @Override
  public SpeakerMemory newMemory(long seed) {
    return SpeakerMemory.create(layout.tensors(), TokenHistory.of(vocabulary.bos()), manager);
  }

  @Override
  public Supplier<SpeakerMemory> restore(MemorySnapshot snapshot) {
    return SpeakerMemory.restore(layout.tensors(), snapshot, manager);
  }

  @Override
  public int rowTokens(LiveMemory memory, TokenizedUtterance utterance) {
    return memory.history().with(utterance.tokens(), config.windowTokens()).length();
  }

  @Override
  public long updateNanos() {
    return updateNanos;
  }

  @Override
  public long residentBytes() {
    return cost.residentBytes();
  }

  @Override
  public List<Recognition> recognize(
      List<? extends LiveMemory> memories, List<TokenizedUtterance> utterances) {
    MemoryBatch<SpeakerMemory> batch = MemoryBatch.of(SpeakerMemory.class, memories, utterances);
    try (NDManager step = manager.newSubManager()) {
      List<NDArray> values = batch.memories().stream().map(SpeakerMemory::values).toList();
      SpeakerState before = layout.split(StateArrays.stack(values, step));
      List<TokenHistory> histories = batch.histories(config.windowTokens());
      EmotionReader.Ends ends =
          reader.ends(histories.stream().map(TokenHistory::tokens).toList(), Adapter.NONE, step);
      UtteranceEvidence evidence = evidence(ends, utterances, step);
      long beginNanos = System.nanoTime();
      // The estimate is part of the step; it is the update that takes the time.
      SpeakerModel.Step result = model.step(evidence, before);
      RowUpdates updates =
          new RowUpdates(result.losses().toFloatArray(), result.gradientNorms().toFloatArray());
      updateNanos += System.nanoTime() - beginNanos;
      float[][] probabilities = Rows.of(result.logEstimates().exp());
      updates.dropWhereNotFinite(probabilities);
      replaceWhereNotFinite(probabilities, ends);
      NonFiniteEstimateException.check(probabilities);
      float[][] withoutMemory = Rows.of(model.withoutMemory(evidence).softmax(1));
      // All arrays are made before any memory changes: the device's memory may not hold them.
      NDArray after = layout.join(result.after());
      List<NDArray> newValues =
          IntStream.range(0, values.size())
              .mapToObj(row -> StateArrays.row(after, row, step))
              .toList();
      return commit(batch, histories, newValues, updates, probabilities, withoutMemory);
    }
  }

  /** Falls back to the decoder's own estimate. */
  private void replaceWhereNotFinite(float[][] probabilities, EmotionReader.Ends ends) {
    for (int row = 0; row < probabilities.length; row++) {
      if (!Float.isFinite(probabilities[row][0])) {
        probabilities[row] =
            correction.of(ends.logits().get(row + ":" + (row + 1))).softmax(1).toFloatArray();
      }
    }
  }

  private static List<Recognition> commit(
      MemoryBatch<SpeakerMemory> batch,
      List<TokenHistory> histories,
      List<NDArray> newValues,
      RowUpdates updates,
      float[][] probabilities,
      float[][] withoutMemory) {
    List<Recognition> recognitions = new ArrayList<>();
    for (int row = 0; row < probabilities.length; row++) {
      SpeakerMemory memory = batch.memories().get(row);
      if (updates.applied(row)) {
        memory.update(newValues.get(row));
      }
      memory.setHistory(histories.get(row));
      recognitions.add(
          new Recognition(
              new EmotionEstimate(probabilities[row]),
              updates.report(row, batch.tokens().get(row).length),
              ifFinite(withoutMemory[row])));
    }
    return List.copyOf(recognitions);
  }

  private static Optional<EmotionEstimate> ifFinite(float[] probabilities) {
    for (float probability : probabilities) {
      if (!Float.isFinite(probability)) {
        return Optional.empty();
      }
    }
    return Optional.of(new EmotionEstimate(probabilities));
  }

  @Override
  public List<EmotionEstimate> estimateWithoutMemory(List<TokenizedUtterance> windows) {
    try (NDManager step = manager.newSubManager()) {
      List<int[]> tokens = windows.stream().map(TokenizedUtterance::tokens).toList();
      EmotionReader.Ends ends = reader.ends(tokens, Adapter.NONE, step);
      NDArray logits = model.withoutMemory(evidence(ends, windows, step));
      return NonFiniteEstimateException.checked(Rows.of(logits.softmax(1)));
    }
  }

  private UtteranceEvidence evidence(
      EmotionReader.Ends ends, List<TokenizedUtterance> utterances, NDManager step) {
    return UtteranceEvidence.of(
        ends.states(),
        ends.logits(),
        utterances.stream().map(TokenizedUtterance::cues).toList(),
        utterances.stream().map(TokenizedUtterance::otherSide).toList(),
        config,
        step);
  }

  @Override
  public void close() {
    manager.close();
  }
}
