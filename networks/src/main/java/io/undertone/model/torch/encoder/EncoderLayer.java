package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;

/**
 * One of the encoder's layers: attention within each utterance, then a feed-forward part. Each sees
 * its input normalised and is added to it.
 */
@FunctionalInterface
interface EncoderLayer {

  /** rows: (rows, width), float32, to the same, in the manager of the rows. */
  NDArray of(NDArray rows, Packing packing);
}
