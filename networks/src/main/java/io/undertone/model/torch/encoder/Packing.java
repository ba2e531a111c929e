package io.undertone.model.torch.encoder;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Utterances of different lengths, concatenated along the rows of one array without padding.
 *
 * @param begins the first row of each utterance, and finally the total number of rows
 */
record Packing(int[] begins) {

  /**
   * A row covers two frames of an utterance, except the last row if the number of frames is odd.
   */
  static Packing of(List<LogMel> utterances) {
    int[] begins = new int[utterances.size() + 1];
    for (int i = 0; i < utterances.size(); i++) {
      begins[i + 1] = begins[i] + rows(utterances.get(i));
    }
    return new Packing(begins);
  }

  static int rows(LogMel utterance) {
    return (utterance.frames() + 1) / 2;
  }

  int utterances() {
    return begins.length - 1;
  }

  int rows() {
    return begins[utterances()];
  }

  int begin(int utterance) {
    return begins[utterance];
  }

  int end(int utterance) {
    return begins[utterance + 1];
  }

  int rows(int utterance) {
    return end(utterance) - begin(utterance);
  }

  long[] lengths() {
    return IntStream.range(0, utterances()).mapToLong(this::rows).toArray();
  }
}
