package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.llama.Adapter;
import java.util.List;

/** Memories learn to foresee the estimates: {@link Foresight}. */
final class ForesightRule implements MemoryRule {
  private final ForesightSettings settings;
  private final Foresight foresight;
  private final EmotionReader reader;
  private final LoraLayout layout;
  private final int classes;

  ForesightRule(ForesightSettings settings, Foresight foresight, EmotionReader reader) {
    this.settings = settings;
    this.foresight = foresight;
    this.reader = reader;
    this.classes = reader.classes();
    this.layout = LoraLayout.ofForesight(classes, settings.rank());
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
  public int rowTokens(TemporaryLora memory, int[] utterance) {
    return memory.historyWith(utterance, settings.windowTokens()).length;
  }

  @Override
  public Heard hear(
      LoraState before,
      List<TemporaryLora> memories,
      List<int[]> utterances,
      List<int[]> histories,
      NDManager step) {
    EmotionReader.Ends ends =
        reader.ends(
            TemporaryLora.lastOfEach(histories, settings.windowTokens()), Adapter.NONE, step);
    Foresight.Step heard = step(ends, before);
    LoraState after =
        new LoraState(heard.after().reshape(memories.size(), layout.size()), List.of());
    UpdateStep update =
        new UpdateStep(after, heard.losses().toFloatArray(), heard.gradientNorms().toFloatArray());
    float[][] probabilities = Rows.of(heard.logEstimates().exp());
    update.dropWhereNotFinite(probabilities);
    for (int row = 0; row < probabilities.length; row++) {
      if (!Float.isFinite(probabilities[row][0])) {
        probabilities[row] = ends.logits().get(row).softmax(0).toFloatArray();
      }
    }
    return new Heard(update, probabilities);
  }

  @Override
  public float[][] read(List<int[]> windows, LoraState state, NDManager step) {
    return Rows.of(step(reader.ends(windows, Adapter.NONE, step), state).logEstimates().exp());
  }

  private Foresight.Step step(EmotionReader.Ends ends, LoraState state) {
    long batch = state.parameters().getShape().get(0);
    NDArray memories = state.parameters().reshape(batch, classes, settings.rank());
    return foresight.step(ends.states(), ends.logits(), memories);
  }
}
