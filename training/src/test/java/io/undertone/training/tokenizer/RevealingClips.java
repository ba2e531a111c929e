package io.undertone.training.tokenizer;

import io.undertone.model.Emotion;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Utterances of which every other code gives the emotion away. */
public final class RevealingClips {
  private static final int LENGTH = 12;

  private RevealingClips() {}

  /**
   * Utterances of one speaker, who decides the other codes.
   *
   * @param count of each emotion
   * @param codes number of different codes, at least one for each emotion
   */
  public static List<TokenizedClip> of(String speaker, int count, int codes) {
    Random random = new Random(speaker.hashCode());
    List<TokenizedClip> clips = new ArrayList<>();
    for (Emotion emotion : Emotion.values()) {
      float[] target = new float[Emotion.values().length];
      target[emotion.ordinal()] = 1;
      for (int i = 0; i < count; i++) {
        int[] sequence = new int[LENGTH];
        for (int at = 0; at < LENGTH; at++) {
          sequence[at] = at % 2 == 0 ? random.nextInt(codes) : emotion.ordinal();
        }
        clips.add(
            new TokenizedClip(
                speaker,
                Optional.of(emotion),
                List.of(new ClipVariant(sequence, UtteranceCues.NONE, target))));
      }
    }
    return clips;
  }
}
