package io.undertone.model.torch.memory;

import io.undertone.model.Emotion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The meaning of each token: speech tokens from 0 to {@code audioTokens - 1}, then special tokens
 * in any order.
 *
 * @param audioTokens codebook size of the speech tokenizer
 * @param audioEnd ends each utterance
 * @param bos begins each conversation
 * @param pad fills the rows of a batch; no other token attends to it
 * @param emotions one per class, in the order of {@link Emotion#values()}
 */
public record Vocabulary(int audioTokens, int audioEnd, int bos, int pad, List<Integer> emotions) {

  public Vocabulary {
    emotions = List.copyOf(emotions);
    if (emotions.size() != Emotion.values().length) {
      throw new IllegalArgumentException(
          "emotion tokens must be " + Emotion.values().length + ", but are " + emotions.size());
    }
    Map<Integer, String> meanings = new HashMap<>();
    claim(meanings, "audioEnd", audioEnd, audioTokens);
    claim(meanings, "bos", bos, audioTokens);
    claim(meanings, "pad", pad, audioTokens);
    for (Emotion emotion : Emotion.values()) {
      claim(meanings, emotion.shortName(), tokenOf(emotions, emotion), audioTokens);
    }
  }

  private static void claim(Map<Integer, String> meanings, String name, int token, int first) {
    if (token < first) {
      throw new IllegalArgumentException(
          "token %s must be at least %d, after the speech tokens, but is %d"
              .formatted(name, first, token));
    }
    String other = meanings.put(token, name);
    if (other != null) {
      throw new IllegalArgumentException(
          "tokens %s and %s must differ, but both are %d".formatted(other, name, token));
    }
  }

  /** The token of an emotion. */
  public int tokenOf(Emotion emotion) {
    return tokenOf(emotions, emotion);
  }

  private static int tokenOf(List<Integer> emotions, Emotion emotion) {
    return emotions.get(Arrays.asList(Emotion.values()).indexOf(emotion));
  }

  /** Size of the smallest vocabulary with all these tokens. */
  public int size() {
    int special = Math.max(audioEnd, Math.max(bos, pad));
    return 1 + emotions.stream().reduce(special, Math::max);
  }

  /**
   * The start of a conversation: {@code bos}, then the first utterance.
   *
   * @param utterance with {@code audioEnd}, as returned by {@link #utterance}
   */
  public int[] withBos(int[] utterance) {
    int[] tokens = new int[utterance.length + 1];
    tokens[0] = bos;
    System.arraycopy(utterance, 0, tokens, 1, utterance.length);
    return tokens;
  }

  /** The tokens of an utterance: its speech tokens, then {@code audioEnd}. */
  public int[] utterance(int[] speechTokens) {
    int[] tokens = Arrays.copyOf(speechTokens, speechTokens.length + 1);
    tokens[speechTokens.length] = audioEnd;
    return tokens;
  }
}
