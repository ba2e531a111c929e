package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.memory.TensorLayout;
import io.undertone.model.torch.memory.TensorLayout.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names, shapes and order of the parts of a {@link SpeakerState} in an array and in a snapshot. */
public final class SpeakerStateLayout {
  private static final int CLASSES = Emotion.values().length;

  private final int rank;
  private final TensorLayout tensors;

  /**
   * The names are a promise to saved memories: {@code foresight} is the head adapter with the last
   * estimate, and {@code voice.heard} the number of utterances in the offset.
   */
  public SpeakerStateLayout(SpeakerMemoryConfig config) {
    this.rank = config.rank();
    List<Matrix> parts = new ArrayList<>();
    parts.add(new Matrix("foresight.lora_B.weight", CLASSES, rank));
    parts.add(new Matrix("foresight.belief", 1, CLASSES));
    if (config.voiceWidth() > 0) {
      parts.add(new Matrix("voice.offset", 1, config.voiceWidth()));
      parts.add(new Matrix("voice.heard", 1, 1));
    }
    this.tensors = new TensorLayout(parts);
  }

  /** Number of values of one memory. */
  public int size() {
    return tensors.size();
  }

  TensorLayout tensors() {
    return tensors;
  }

  /** New memories. */
  public SpeakerState zeros(int batch, NDManager manager) {
    return split(manager.zeros(new Shape(batch, size())));
  }

  /**
   * The parts as views.
   *
   * @param values (batch, size)
   */
  SpeakerState split(NDArray values) {
    NDList parts = tensors.split(values);
    Optional<VoiceModel.Offset> offset =
        parts.size() > 2
            ? Optional.of(new VoiceModel.Offset(parts.get(2), parts.get(3)))
            : Optional.empty();
    NDArray adapter = parts.get(0).reshape(values.getShape().get(0), CLASSES, rank);
    return new SpeakerState(adapter, parts.get(1), offset);
  }

  /** The inverse of {@link #split}, (batch, size). */
  NDArray join(SpeakerState state) {
    NDArray adapter = state.adapter();
    NDArray joined =
        adapter
            .reshape(adapter.getShape().get(0), (long) CLASSES * rank)
            .concat(state.lastEstimate(), 1);
    return state
        .offset()
        .map(offset -> joined.concat(offset.values(), 1).concat(offset.utterances(), 1))
        .orElse(joined);
  }
}
