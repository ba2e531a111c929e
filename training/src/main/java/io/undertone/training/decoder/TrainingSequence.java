package io.undertone.training.decoder;

import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.tokenizer.ClipVariant;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A dialogue as token ids with the targets at some positions. Each speaker has one voice
 * throughout.
 *
 * @param ids {@code <bos>}, then each utterance followed by {@code <audio_end>}
 * @param utteranceEnds targets at each {@code <audio_end>}
 * @param withinUtterances targets at some speech tokens
 */
public record TrainingSequence(
    int[] ids, List<Target> utteranceEnds, List<Target> withinUtterances) {

  /** Position of an utterance's first target, half a second into it. */
  private static final int FIRST_TARGET = 12;

  private static final int TARGET_STRIDE = 4;

  /** Share of long dialogues that are cut at a random place, as a window later in a call is. */
  private static final double CUT = 0.5;

  /**
   * A position that is trained to predict the label of its utterance.
   *
   * @param position index into the ids
   * @param utterance of that position
   */
  public record Target(int position, ClipVariant utterance) {}

  /**
   * A dialogue, or a part of it.
   *
   * @param length largest number of ids
   */
  public static TrainingSequence of(
      List<TokenizedClip> dialogue, Vocabulary vocabulary, int length, Random random) {
    TrainingSequence whole = whole(dialogue, vocabulary, random);
    int total = whole.ids.length;
    int from = 0;
    if (random.nextDouble() < CUT && total > length) {
      from = random.nextInt(total - length + 1);
    }
    int to = Math.min(total, from + length);
    return new TrainingSequence(
        Arrays.copyOfRange(whole.ids, from, to),
        cut(whole.utteranceEnds, from, to),
        cut(whole.withinUtterances, from, to));
  }

  /** A dialogue from its first token to its last. */
  public static TrainingSequence whole(
      List<TokenizedClip> dialogue, Vocabulary vocabulary, Random random) {
    int[] ids = new int[1 + dialogue.stream().mapToInt(clip -> longest(clip) + 1).sum()];
    List<Target> ends = new ArrayList<>();
    List<Target> within = new ArrayList<>();
    int next = 0;
    ids[next++] = vocabulary.bos();
    Map<String, Integer> voices = new HashMap<>();
    for (TokenizedClip clip : dialogue) {
      int voice =
          voices.computeIfAbsent(clip.speaker(), any -> random.nextInt(clip.variants().size()));
      ClipVariant utterance = clip.variants().get(voice);
      int[] tokens = vocabulary.utterance(utterance.codes());
      System.arraycopy(tokens, 0, ids, next, tokens.length);
      int codes = tokens.length - 1;
      for (int i = FIRST_TARGET + random.nextInt(TARGET_STRIDE); i < codes; i += TARGET_STRIDE) {
        within.add(new Target(next + i, utterance));
      }
      next += codes;
      ends.add(new Target(next++, utterance));
    }
    return new TrainingSequence(Arrays.copyOf(ids, next), ends, within);
  }

  private static List<Target> cut(List<Target> targets, int from, int to) {
    return targets.stream()
        .filter(target -> target.position() >= from && target.position() < to)
        .map(target -> new Target(target.position() - from, target.utterance()))
        .toList();
  }

  private static int longest(TokenizedClip clip) {
    return clip.variants().stream().mapToInt(variant -> variant.codes().length).max().orElseThrow();
  }
}
