package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;

/** Updates the parameters of temporary LoRAs by their gradients. Runs on the owner thread. */
interface Optimizer {

  /**
   * One step for each row; {@code state} does not change.
   *
   * @param gradient (batch, parameters)
   * @param steps number of this step in each row, from 1
   */
  LoraState step(LoraState state, NDArray gradient, int[] steps);
}
