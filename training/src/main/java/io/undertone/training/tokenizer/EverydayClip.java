package io.undertone.training.tokenizer;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import java.util.List;

/**
 * An utterance of everyday speech, which has no label.
 *
 * @param recording unique across corpora
 * @param target how probable each emotion is
 * @param versions the cues of its versions, in the same order for all clips
 */
public record EverydayClip(String recording, EmotionEstimate target, List<UtteranceCues> versions) {

  public EverydayClip {
    versions = List.copyOf(versions);
  }
}
