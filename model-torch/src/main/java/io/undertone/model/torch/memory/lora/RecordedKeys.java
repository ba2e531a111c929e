package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.undertone.model.torch.llama.KeyValues;
import io.undertone.model.torch.llama.Past;

/** A past that records the keys and values of its own tokens and of the sequences after it. */
final class RecordedKeys implements Past {
  private final Past past;
  private final NDList recorded = new NDList();

  RecordedKeys(Past past) {
    this.past = past;
  }

  @Override
  public int tokens() {
    return past.tokens();
  }

  @Override
  public NDArray mask(NDArray causal) {
    return past.mask(causal);
  }

  /** Must be called layer by layer, in order. */
  @Override
  public KeyValues before(int layer, KeyValues own) {
    KeyValues all = past.before(layer, own);
    NDScope.unregister(all.keys(), all.values());
    recorded.add(all.keys());
    recorded.add(all.values());
    return all;
  }

  /**
   * A copy of one row's keys and values, as {@link KeptKeys} has them.
   *
   * @param pastTokens number of tokens of this row's past
   * @param ownTokens number of tokens of this row's sequence
   * @param manager owns it
   */
  NDArray row(int row, int pastTokens, int ownTokens, NDManager manager) {
    int begin = past.tokens();
    NDIndex part =
        new NDIndex(row + ", " + (begin - pastTokens) + ":" + (begin + ownTokens) + ", ...");
    NDList views = new NDList();
    for (NDArray layer : recorded) {
      views.add(layer.get(part));
    }
    NDArray copy = NDArrays.stack(views);
    copy.attach(manager);
    return copy;
  }
}
