package io.undertone.model.torch.encoder;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Utterances one after the other in one array of rows, each with its own length: nothing is padded.
 *
 * @param begins the first row of each utterance, and at last the number of all rows
 */
record Packing(int[] begins) {

  /** Two frames of an utterance make a row; the last may stand alone. */
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
