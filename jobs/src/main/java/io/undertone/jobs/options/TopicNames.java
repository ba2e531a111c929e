package io.undertone.jobs.options;

import java.util.List;

/**
 * The job's four topics.
 *
 * @param audioChunks input: AudioChunk
 * @param events output: EmotionEvent
 * @param deadLetters output: DeadLetter, records that the job cannot use
 * @param late output: DeadLetter, chunks that arrived after the job stopped waiting for them
 */
public record TopicNames(String audioChunks, String events, String deadLetters, String late) {

  public static final TopicNames DEFAULT =
      new TopicNames(
          "undertone.audio-chunks.v1",
          "undertone.emotion-events.v1",
          "undertone.audio-chunks.v1.dlq",
          "undertone.audio-chunks.v1.late");

  /** All four. */
  public List<String> all() {
    return List.of(audioChunks, events, deadLetters, late);
  }
}
