package io.undertone.training.evaluation.dialogue;

import io.undertone.model.Emotion;

/**
 * One labelled utterance of a dialogue.
 *
 * @param role CUSTOMER, say
 * @param speaker {@code corpus/name}
 * @param emotion what was meant
 * @param path of the recording, below the root of the audio
 */
public record Turn(String role, String speaker, Emotion emotion, String path) {

  /** Where the speaker is from: the name up to the first slash. */
  public String corpus() {
    int slash = speaker.indexOf('/');
    return slash < 0 ? speaker : speaker.substring(0, slash);
  }
}
