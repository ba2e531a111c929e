package io.undertone.training.corpus;

import io.undertone.model.Emotion;

/**
 * One labelled utterance of a dialogue.
 *
 * @param role such as CUSTOMER
 * @param speaker {@code corpus/name}
 * @param emotion the label
 * @param path of the recording, relative to the audio root
 */
public record Turn(String role, String speaker, Emotion emotion, String path) {

  /** The corpus of the speaker: the name up to the first slash. */
  public String corpus() {
    int slash = speaker.indexOf('/');
    return slash < 0 ? speaker : speaker.substring(0, slash);
  }
}
