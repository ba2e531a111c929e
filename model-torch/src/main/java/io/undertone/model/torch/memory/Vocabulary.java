package io.undertone.model.torch.memory;

import io.undertone.model.Emotion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The meaning of each token: speech tokens from {@code audioStart} to {@code audioStart +
 * audioTokens - 1}, and special tokens before or after them. Others, such as those of text, have
 * none.
 *
 * @param audioStart token of the speech tokenizer's code 0
 * @param audioTokens codebook size of the speech tokenizer
 * @param audioEnd ends each utterance
 * @param bos begins each conversation
 * @param pad fills the rows of a batch; no other token attends to it
 * @param emotions one per class, in the order of {@link Emotion#values()}
 */
public record Vocabulary(
    int audioStart, int audioTokens, int audioEnd, int bos, int pad, List<Integer> emotions) {

  /** A vocabulary that begins with the speech tokens. */
  public Vocabulary(int audioTokens, int audioEnd, int bos, int pad, List<Integer> emotions) {
    this(0, audioTokens, audioEnd, bos, pad, emotions);
  }

  public Vocabulary {
    emotions = List.copyOf(emotions);
    if (emotions.size() != Emotion.values().length) {
      throw new IllegalArgumentException(
          "emotion tokens must be " + Emotion.values().length + ", but are " + emotions.size());
    }
    Map<Integer, String> meanings = new HashMap<>();
    claim(meanings, "audioEnd", audioEnd);
    claim(meanings, "bos", bos);
    claim(meanings, "pad", pad);
    for (Emotion emotion : Emotion.values()) {
      claim(meanings, emotion.shortName(), tokenOf(emotions, emotion));
    }
    meanings.forEach((token, name) -> refuseSpeech(name, token, audioStart, audioTokens));
  }

  private static void claim(Map<Integer, String> meanings, String name, int token) {
    String other = meanings.put(token, name);
    if (other != null) {
      throw new IllegalArgumentException(
          "tokens %s and %s must differ, but both are %d".formatted(other, name, token));
    }
  }

  private static void refuseSpeech(String name, int token, int audioStart, int audioTokens) {
    if (isAudio(token, audioStart, audioTokens)) {
      throw new IllegalArgumentException(
          "token %s must not be one of the speech tokens %d to %d, but is %d"
              .formatted(name, audioStart, audioStart + audioTokens - 1, token));
    }
  }

  /** Whether a token is a speech token. */
  public boolean isAudio(int token) {
    return isAudio(token, audioStart, audioTokens);
  }

  private static boolean isAudio(int token, int audioStart, int audioTokens) {
    return token >= audioStart && token - audioStart < audioTokens;
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
    int largest = Math.max(special, audioStart + audioTokens - 1);
    return 1 + emotions.stream().reduce(largest, Math::max);
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

  /**
   * The tokens of an utterance: its speech tokens, then {@code audioEnd}.
   *
   * @param codes of the speech tokenizer, from 0
   */
  public int[] utterance(int[] codes) {
    int[] tokens = new int[codes.length + 1];
    for (int i = 0; i < codes.length; i++) {
      tokens[i] = audioStart + codes[i];
    }
    tokens[codes.length] = audioEnd;
    return tokens;
  }
}
