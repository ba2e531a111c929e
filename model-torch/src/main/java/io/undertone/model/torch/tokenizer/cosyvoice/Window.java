package io.undertone.model.torch.tokenizer.cosyvoice;

import io.undertone.model.torch.encoder.LogMelSpectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a long utterance that the tokenizer reads at once. Neighbours overlap; each gives up
 * half of the overlap, where it knows less of what surrounds it.
 *
 * @param begin first frame of the spectrum
 * @param end after the last frame
 * @param isFirst whether nothing is before it
 * @param isLast whether nothing is after it
 */
record Window(int begin, int end, boolean isFirst, boolean isLast) {
  static final int LONGEST_FRAMES = 30 * LogMelSpectrum.FRAME_RATE_HZ;

  private static final int OVERLAP_SECONDS = 4;
  private static final int STEP_FRAMES =
      LONGEST_FRAMES - OVERLAP_SECONDS * LogMelSpectrum.FRAME_RATE_HZ;
  private static final int GIVEN_UP_TOKENS = OVERLAP_SECONDS / 2 * CosyVoiceTokenizer.RATE_HZ;

  /** The windows of an utterance; none if it has no frame. */
  static List<Window> covering(int frames) {
    List<Window> windows = new ArrayList<>();
    int begin = 0;
    while (begin < frames) {
      int end = Math.min(frames, begin + LONGEST_FRAMES);
      windows.add(new Window(begin, end, begin == 0, end == frames));
      begin = end == frames ? frames : begin + STEP_FRAMES;
    }
    return windows;
  }

  int frames() {
    return end - begin;
  }

  /** What remains of the window's codes. */
  IntStream kept(int[] codes) {
    int from = isFirst ? 0 : Math.min(GIVEN_UP_TOKENS, codes.length);
    int to = isLast ? codes.length : Math.max(from, codes.length - GIVEN_UP_TOKENS);
    return Arrays.stream(codes, from, to);
  }
}
