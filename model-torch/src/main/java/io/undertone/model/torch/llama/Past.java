package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;

/** Tokens that stand before a batch of sequences and are looked at, but not read again. */
public interface Past {

  /** Sequences begin where they begin. */
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

  /** How many there are: the longest row's; shorter rows are filled up on the left. */
  int tokens();

  /**
   * The causal mask without what fills rows up.
   *
   * @param causal (queries, tokens + time) or (batch, 1, queries, tokens + time), 0 or minus
   *     infinity
   * @return one of these shapes
   */
  NDArray mask(NDArray causal);

  /**
   * The past's keys and values of a layer, and behind them the sequences' own.
   *
   * @param own of as many tokens as the sequences have
   */
  KeyValues before(int layer, KeyValues own);
}
