package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.undertone.model.torch.llama.KeyValues;
import io.undertone.model.torch.llama.Past;

/** A past that remembers what was looked at: its own keys and values, and the sequences'. */
final class RecordedKeys implements Past {
  private final Past past;
  private final NDList seen = new NDList();

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

  /** Layers come in their order. */
  @Override
  public KeyValues before(int layer, KeyValues own) {
    KeyValues all = past.before(layer, own);
    NDScope.unregister(all.keys(), all.values());
    seen.add(all.keys());
    seen.add(all.values());
    return all;
  }

  /**
   * A copy of what one row has looked at, as {@link KeptKeys} has it.
   *
   * @param pastTokens of this row
   * @param ownTokens of this row's sequence
   * @param manager owns it
   */
  NDArray row(int row, int pastTokens, int ownTokens, NDManager manager) {
    int begin = past.tokens();
    NDIndex part =
        new NDIndex(row + ", " + (begin - pastTokens) + ":" + (begin + ownTokens) + ", ...");
    NDList views = new NDList();
    for (NDArray layer : seen) {
      views.add(layer.get(part));
    }
    NDArray copy = NDArrays.stack(views);
    copy.attach(manager);
    return copy;
  }
}
