package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The encoder's first part: two convolutions over time with GELU, of which the second has stride 2,
 * then the position embeddings. Both convolutions pad each utterance with zeros at its start and
 * end.
 */
final class Convolutions {
  /** Kernel size of both convolutions. */
  static final int TAPS = 3;

  private final LinearGelu first;
  private final LinearGelu second;
  private final NDArray positions;

  /**
   * @param first (width, taps · bands)
   * @param second (width, taps · width)
   * @param positions (positions, width)
   */
  Convolutions(LinearGelu first, LinearGelu second, NDArray positions) {
    this.first = first;
    this.second = second;
    this.positions = positions;
  }

  /** Returns (rows, width) for all utterances. */
  NDArray of(List<LogMel> utterances, Packing packing, NDManager step) {
    NDArray frames = first.of(melTaps(utterances, packing, step));
    NDArray rows = second.of(frameTaps(frames, utterances, packing));
    return rows.add(positions(packing, step));
  }

  /** Input of the first convolution, as a matrix (im2col): (2 · rows, taps · bands). */
  private static NDArray melTaps(List<LogMel> utterances, Packing packing, NDManager step) {
    int bands = utterances.get(0).bands();
    float[] taps = new float[2 * packing.rows() * TAPS * bands];
    for (int i = 0; i < packing.utterances(); i++) {
      LogMel mel = utterances.get(i);
      for (int frame = 0; frame < mel.frames(); frame++) {
        int from = Math.max(0, frame - 1);
        int to = Math.min(mel.frames(), frame + 2);
        int row = 2 * packing.begin(i) + frame;
        int tap = from - (frame - 1);
        int target = (row * TAPS + tap) * bands;
        System.arraycopy(mel.values(), from * bands, taps, target, (to - from) * bands);
      }
    }
    return step.create(taps, new Shape(2L * packing.rows(), (long) TAPS * bands));
  }

  /**
   * Input of the second convolution, as a matrix (im2col): for every other frame, the frame before
   * it, the frame itself, and the frame after it.
   *
   * @param frames (2 · rows, width)
   * @return (rows, taps · width)
   */
  private static NDArray frameTaps(NDArray frames, List<LogMel> utterances, Packing packing) {
    long rows = packing.rows();
    long width = frames.getShape().get(1);
    NDManager step = frames.getManager();
    NDArray mask = step.create(isFrame(utterances, packing), new Shape(2 * rows, 1));
    NDArray pairs = frames.mul(mask).reshape(rows, 2 * width);
    NDArray lastFrames = pairs.get(new NDIndex(":-1, {}:", width));
    NDArray before = NDArrays.concat(new NDList(step.zeros(new Shape(1, width)), lastFrames));
    before.muli(step.create(hasPredecessor(packing), new Shape(rows, 1)));
    return NDArrays.concat(new NDList(before, pairs), 1);
  }

  /**
   * 0 at the padding after an odd number of frames: the first convolution's bias would make it
   * nonzero.
   */
  private static float[] isFrame(List<LogMel> utterances, Packing packing) {
    float[] mask = new float[2 * packing.rows()];
    for (int i = 0; i < packing.utterances(); i++) {
      int begin = 2 * packing.begin(i);
      Arrays.fill(mask, begin, begin + utterances.get(i).frames(), 1);
    }
    return mask;
  }

  private static float[] hasPredecessor(Packing packing) {
    float[] mask = new float[packing.rows()];
    Arrays.fill(mask, 1);
    for (int i = 0; i < packing.utterances(); i++) {
      mask[packing.begin(i)] = 0;
    }
    return mask;
  }

  private NDArray positions(Packing packing, NDManager step) {
    NDList utterances = new NDList();
    for (int i = 0; i < packing.utterances(); i++) {
      utterances.add(positions.get(new NDIndex("0:{}", packing.rows(i))));
    }
    utterances.attach(step);
    return NDArrays.concat(utterances);
  }
}
