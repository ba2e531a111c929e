package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Rotary positions (Su et al., RoFormer, arXiv 2104.09864) in the halves layout of Hugging Face:
 * value i and value i + headWidth / 2 are the pair that is rotated.
 *
 * @param cos (time, 1, headWidth / 2), or (batch, time, 1, headWidth / 2)
 * @param sin as the cosines
 */
public record Rotary(NDArray cos, NDArray sin) {
  private static final int LAST = 3;

  /** heads: (batch, time, heads, headWidth), and so the result */
  NDArray rotate(NDArray heads) {
    NDList halves = heads.split(2, LAST);
    NDArray first = halves.get(0);
    NDArray second = halves.get(1);
    NDArray rotatedFirst = first.mul(cos).sub(second.mul(sin));
    NDArray rotatedSecond = second.mul(cos).add(first.mul(sin));
    return rotatedFirst.concat(rotatedSecond, LAST);
  }
}
