package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;

/** Tokens before a batch of sequences whose keys and values are cached, not computed again. */
public interface Past {

  /** No past. */
  Past NONE =
      new Past() {
        @Override
        public int tokens() {
          return 0;
        }

        @Override
        public NDArray mask(NDArray causal) {
          return causal;
        }

        @Override
        public KeyValues before(int layer, KeyValues own) {
          return own;
        }
      };

  /** Their number in the longest row; shorter rows are padded on the left. */
  int tokens();

  /**
   * The causal mask with the padding masked out.
   *
   * @param causal (queries, tokens + time) or (batch, 1, queries, tokens + time), 0 or minus
   *     infinity
   * @return one of these shapes
   */
  NDArray mask(NDArray causal);

  /**
   * The past's keys and values of a layer, followed by the sequences' own.
   *
   * @param own keys and values of the sequences' tokens
   */
  KeyValues before(int layer, KeyValues own);
}
