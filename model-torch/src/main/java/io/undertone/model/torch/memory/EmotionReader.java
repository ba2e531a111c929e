package io.undertone.model.torch.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.Past;
import java.util.List;

/** Reads the emotion at the end of a window of tokens. All methods run on the owner thread. */
public final class EmotionReader {
  private final Llama llama;
  private final Vocabulary vocabulary;
  private final LogitCorrection correction;
  private final NDArray headRows;

  /**
   * A reader that corrects nothing.
   *
   * @param manager owns what the reader keeps
   */
  public EmotionReader(Llama llama, Vocabulary vocabulary, NDManager manager) {
    this(llama, vocabulary, LogitCorrection.NONE, manager);
  }

  /**
   * @param correction of probabilities
   * @param manager owns what the reader keeps
   */
  public EmotionReader(
      Llama llama, Vocabulary vocabulary, LogitCorrection correction, NDManager manager) {
    this.llama = llama;
    this.vocabulary = vocabulary;
    this.correction = correction;
    long[] tokens = vocabulary.emotions().stream().mapToLong(Integer::longValue).toArray();
    try (NDArray indices = manager.create(tokens)) {
      this.headRows = llama.headRows(indices);
    }
  }

  /**
   * The decoder's output at the last token of each window.
   *
   * @param states after the last norm, (batch, width)
   * @param logits of the emotion tokens, (batch, classes)
   */
  public record Ends(NDArray states, NDArray logits) {}

  /**
   * Softmax over the corrected logits of the emotion tokens at the end of each window.
   *
   * @param windows at least one token each
   * @param adapter with one member per window
   * @return one row per window, in the order of the emotions; NaN or infinite where the decoder's
   *     output is
   */
  public float[][] probabilities(List<int[]> windows, Adapter adapter, NDManager step) {
    return probabilities(windows, Past.NONE, adapter, step);
  }

  /**
   * The same for windows that continue a past.
   *
   * @param past keys and values of the tokens before the windows
   */
  public float[][] probabilities(List<int[]> windows, Past past, Adapter adapter, NDManager step) {
    return Rows.of(correction.of(ends(windows, past, adapter, step).logits()).softmax(1));
  }

  /** The logits before correction and softmax, and the states that they come from. */
  public Ends ends(List<int[]> windows, Adapter adapter, NDManager step) {
    return ends(windows, Past.NONE, adapter, step);
  }

  private Ends ends(List<int[]> windows, Past past, Adapter adapter, NDManager step) {
    TokenRows rows = new TokenRows(windows);
    long[] ends = windows.stream().mapToLong(window -> window.length - 1).toArray();
    NDArray ids = rows.toArray(vocabulary.pad(), step);
    NDArray position = step.create(ends, new Shape(ends.length));
    NDArray atEnds = llama.forwardTo(ids, position, adapter, past);
    return new Ends(llama.normed(atEnds), llama.logits(atEnds, headRows));
  }
}
