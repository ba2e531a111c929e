package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;

/** How a gradient moves temporary LoRAs. Runs on the device's owner thread. */
interface Optimizer {

  /**
   * One step of each row; the given state stays as it is.
   *
   * @param gradient (batch, parameters)
   * @param steps which step it is of each row, from 1
   */
  LoraState step(LoraState state, NDArray gradient, int[] steps);
}
