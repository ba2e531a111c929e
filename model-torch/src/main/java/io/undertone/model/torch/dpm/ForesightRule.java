package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Memories learn from the estimates: {@link EstimateMemory}. */
final class ForesightRule implements MemoryRule {
  private final ForesightSettings settings;
  private final EstimateMemory shared;
  private final EmotionReader reader;
  private final LoraLayout layout;

  ForesightRule(ForesightSettings settings, EstimateMemory shared, EmotionReader reader) {
    this.settings = settings;
    this.shared = shared;
    this.reader = reader;
    this.layout = LoraLayout.ofForesight(reader.classes(), settings);
  }

  @Override
  public LoraLayout layout() {
    return layout;
  }

  @Override
  public int moments() {
    return 0;
  }

  @Override
  public long keptBytes() {
    return 0;
  }

  @Override
  public List<List<Integer>> parts(List<TemporaryLora> memories) {
    return List.of(IntStream.range(0, memories.size()).boxed().toList());
  }

  @Override
  public int rowTokens(TemporaryLora memory, int[] utterance) {
    return memory.historyWith(utterance, settings.windowTokens()).length;
  }

  @Override
  public Heard hear(
      LoraState before,
      List<TemporaryLora> memories,
      List<int[]> utterances,
      List<Delivery> deliveries,
      List<int[]> histories,
      NDManager step) {
    EmotionReader.Ends ends =
        reader.ends(
            TemporaryLora.lastOfEach(histories, settings.windowTokens()), Adapter.NONE, step);
    EstimateMemory.Heard spoken = heard(ends, deliveries, step);
    EstimateMemory.Step heard = shared.step(spoken, before.parameters());
    LoraState after = new LoraState(heard.after(), List.of());
    UpdateStep update =
        new UpdateStep(after, heard.losses().toFloatArray(), heard.gradientNorms().toFloatArray());
    float[][] probabilities = Rows.of(heard.logEstimates().exp());
    update.dropWhereNotFinite(probabilities);
    for (int row = 0; row < probabilities.length; row++) {
      if (!Float.isFinite(probabilities[row][0])) {
        probabilities[row] = ends.logits().get(row).softmax(0).toFloatArray();
      }
    }
    return new Heard(update, probabilities, KeysOfRows.NONE);
  }

  @Override
  public float[][] read(List<int[]> windows, LoraState state, NDManager step) {
    EmotionReader.Ends ends = reader.ends(windows, Adapter.NONE, step);
    List<Delivery> unknown = Collections.nCopies(windows.size(), Delivery.UNKNOWN);
    EstimateMemory.Step heard = shared.step(heard(ends, unknown, step), state.parameters());
    return Rows.of(heard.logEstimates().exp());
  }

  @Override
  public float[][] readWithoutMemory(
      List<int[]> windows, List<Delivery> deliveries, NDManager step) {
    EmotionReader.Ends ends = reader.ends(windows, Adapter.NONE, step);
    return Rows.of(shared.withoutMemory(heard(ends, deliveries, step)).softmax(1));
  }

  private EstimateMemory.Heard heard(
      EmotionReader.Ends ends, List<Delivery> deliveries, NDManager step) {
    return EstimateMemory.Heard.of(
        ends.states(), ends.logits(), deliveries, settings.voiceWidth(), step);
  }
}
