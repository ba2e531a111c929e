package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;

/**
 * One of the encoder's layers: attention within each utterance, then a feed-forward part. Pre-norm
 * residual blocks.
 */
@FunctionalInterface
interface EncoderLayer {

  /** (rows, width) to (rows, width), float32, in the manager of the rows. */
  NDArray of(NDArray rows, Packing packing);
}
