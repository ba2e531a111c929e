package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Rotary positions (Su et al., RoFormer, arXiv 2104.09864) in the halves layout of Hugging Face:
 * values i and i + headWidth / 2 are rotated as a pair.
 *
 * @param cos (time, 1, headWidth / 2), or (batch, time, 1, headWidth / 2)
 * @param sin the same shape
 */
public record Rotary(NDArray cos, NDArray sin) {
  private static final int LAST = 3;

  /** heads and result: (batch, time, heads, headWidth) */
  NDArray rotate(NDArray heads) {
    NDList halves = heads.split(2, LAST);
    NDArray first = halves.get(0);
    NDArray second = halves.get(1);
    NDArray rotatedFirst = first.mul(cos).sub(second.mul(sin));
    NDArray rotatedSecond = second.mul(cos).add(first.mul(sin));
    return rotatedFirst.concat(rotatedSecond, LAST);
  }
}
