package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;

/** How the residual stream begins and how branches join it. */
public interface Residual {

  /** For inference: branches are added as they are. */
  Residual PLAIN =
      new Residual() {
        @Override
        public NDArray begin(NDArray embedding) {
          return embedding;
        }

        @Override
        public NDArray join(NDArray stream, NDArray branch) {
          return stream.add(branch);
        }
      };

  /**
   * For training: dropout on the embedding and on each branch, drawn from the engine's generator.
   *
   * @param probability at least 0 and below 1
   */
  static Residual withDropout(float probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout probability must be at least 0 and below 1, but is " + probability);
    }
    return new Residual() {
      @Override
      public NDArray begin(NDArray embedding) {
        return dropped(embedding);
      }

      @Override
      public NDArray join(NDArray stream, NDArray branch) {
        return stream.add(dropped(branch));
      }

      private NDArray dropped(NDArray values) {
        return values.getNDArrayInternal().dropout(values, probability, true).singletonOrThrow();
      }
    };
  }

  /** The stream at the first block, from the embedding, (batch, time, width). */
  NDArray begin(NDArray embedding);

  /** The stream joined with a branch, both (batch, time, width). */
  NDArray join(NDArray stream, NDArray branch);
}
