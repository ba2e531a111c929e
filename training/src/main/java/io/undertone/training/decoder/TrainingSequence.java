package io.undertone.training.decoder;

import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.tokenizer.Take;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A dialogue as token ids, and what is asked of it. Each speaker has one voice throughout.
 *
 * @param ids {@code <bos>}, then each utterance followed by {@code <audio_end>}
 * @param atEnds what is asked at each {@code <audio_end>}
 * @param withinUtterances what is asked at some tokens of the utterances
 */
public record TrainingSequence(int[] ids, List<Question> atEnds, List<Question> withinUtterances) {

  /** Half a second into an utterance there is something to tell its label by. */
  private static final int FIRST_ASKED = 12;

  private static final int STRIDE = 4;

  /** How often a sequence begins in the midst of a dialogue, as a window does later in a call. */
  private static final double CUT = 0.5;

  /**
   * What shall be said at a place.
   *
   * @param position in the ids
   * @param take of the clip there, which tells what shall be said
   */
  public record Question(int position, Take take) {}

  /**
   * @param length most ids that are kept
   */
  static TrainingSequence of(
      List<TokenizedClip> dialogue, Vocabulary vocabulary, int length, Random random) {
    TrainingSequence whole = whole(dialogue, vocabulary, random);
    int at = whole.ids.length;
    int from = 0;
    if (random.nextDouble() < CUT && at > length) {
      from = random.nextInt(at - length + 1);
    }
    int to = Math.min(at, from + length);
    return new TrainingSequence(
        Arrays.copyOfRange(whole.ids, from, to),
        cut(whole.atEnds, from, to),
        cut(whole.withinUtterances, from, to));
  }

  /** A dialogue from its first token to its last. */
  public static TrainingSequence whole(
      List<TokenizedClip> dialogue, Vocabulary vocabulary, Random random) {
    int total = 1 + dialogue.stream().mapToInt(clip -> longest(clip) + 1).sum();
    int[] ids = new int[total];
    List<Question> atEnds = new ArrayList<>();
    List<Question> within = new ArrayList<>();
    int at = 0;
    ids[at++] = vocabulary.bos();
    Map<String, Integer> takes = new HashMap<>();
    for (TokenizedClip clip : dialogue) {
      Take take =
          clip.takes()
              .get(
                  takes.computeIfAbsent(
                      clip.speaker(), any -> random.nextInt(clip.takes().size())));
      int[] codes = take.codes();
      System.arraycopy(codes, 0, ids, at, codes.length);
      for (int i = FIRST_ASKED + random.nextInt(STRIDE); i < codes.length; i += STRIDE) {
        within.add(new Question(at + i, take));
      }
      at += codes.length;
      ids[at] = vocabulary.audioEnd();
      atEnds.add(new Question(at++, take));
    }
    return new TrainingSequence(Arrays.copyOf(ids, at), atEnds, within);
  }

  private static List<Question> cut(List<Question> questions, int from, int to) {
    return questions.stream()
        .filter(question -> question.position() >= from && question.position() < to)
        .map(question -> new Question(question.position() - from, question.take()))
        .toList();
  }

  private static int longest(TokenizedClip clip) {
    return clip.takes().stream().mapToInt(take -> take.codes().length).max().orElseThrow();
  }
}
