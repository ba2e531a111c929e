package io.undertone.model.torch.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A dialogue as token ids, and what is asked of it. Each speaker has one voice throughout.
 *
 * @param ids {@code <bos>}, then each utterance followed by {@code <audio_end>}
 * @param atEnds at each {@code <audio_end>} the label of the utterance, elsewhere {@value #NOTHING}
 * @param withinUtterances the label of the utterance at some of its tokens, elsewhere {@value
 *     #NOTHING}
 */
record TrainingSequence(int[] ids, int[] atEnds, int[] withinUtterances) {

  static final int NOTHING = -1;

  /** Half a second into an utterance there is something to tell its label by. */
  private static final int FIRST_ASKED = 12;

  private static final int STRIDE = 4;

  /** How often a sequence begins in the midst of a dialogue, as a window does later in a call. */
  private static final double CUT = 0.5;

  /**
   * @param length most ids that are kept
   */
  static TrainingSequence of(
      List<TokenizedClip> dialogue, int bos, int audioEnd, int length, Random random) {
    int total = 1 + dialogue.stream().mapToInt(clip -> longest(clip) + 1).sum();
    int[] ids = new int[total];
    int[] atEnds = nothing(total);
    int[] within = nothing(total);
    int at = 0;
    ids[at++] = bos;
    Map<String, Integer> takes = new HashMap<>();
    for (TokenizedClip clip : dialogue) {
      int[] take =
          clip.takes()
              .get(
                  takes.computeIfAbsent(
                      clip.speaker(), any -> random.nextInt(clip.takes().size())));
      System.arraycopy(take, 0, ids, at, take.length);
      for (int i = FIRST_ASKED + random.nextInt(STRIDE); i < take.length; i += STRIDE) {
        within[at + i] = clip.label();
      }
      at += take.length;
      ids[at] = audioEnd;
      atEnds[at++] = clip.label();
    }
    int from = 0;
    if (random.nextDouble() < CUT && at > length) {
      from = random.nextInt(at - length + 1);
    }
    int to = Math.min(at, from + length);
    return new TrainingSequence(
        Arrays.copyOfRange(ids, from, to),
        Arrays.copyOfRange(atEnds, from, to),
        Arrays.copyOfRange(within, from, to));
  }

  private static int[] nothing(int length) {
    int[] labels = new int[length];
    Arrays.fill(labels, NOTHING);
    return labels;
  }

  private static int longest(TokenizedClip clip) {
    return clip.takes().stream().mapToInt(take -> take.length).max().orElseThrow();
  }
}
