package io.undertone.jobs.options;

import java.util.List;
import java.util.Set;

/**
 * The job's four topics.
 *
 * @param audioChunks AudioChunk, read
 * @param events EmotionEvent, written
 * @param deadLetters DeadLetter, written: records that could not be used
 * @param late DeadLetter, written: audio that came after its place in the call was given up
 */
public record TopicNames(String audioChunks, String events, String deadLetters, String late) {

  /** The names that hold where nothing is said. */
  public static final TopicNames DEFAULT =
      new TopicNames(
          "undertone.audio-chunks.v1",
          "undertone.emotion-events.v1",
          "undertone.audio-chunks.v1.dlq",
          "undertone.audio-chunks.v1.late");

  private static final ValueType<String> TOPIC =
      ValueType.matching(
          "[a-zA-Z0-9._-]{1,249}", "a topic name of letters, digits, dots, dashes, underscores");

  static final Option<String> AUDIO_CHUNKS =
      new Option<>("audio-topic", DEFAULT.audioChunks, "topic of the audio that is read", TOPIC);
  static final Option<String> EVENTS =
      new Option<>("events-topic", DEFAULT.events, "topic that emotion events go to", TOPIC);
  static final Option<String> DEAD_LETTERS =
      new Option<>(
          "dead-letters-topic", DEFAULT.deadLetters, "topic that unusable records go to", TOPIC);
  static final Option<String> LATE =
      new Option<>("late-topic", DEFAULT.late, "topic that late audio goes to", TOPIC);
  static final List<Option<?>> OPTIONS = List.of(AUDIO_CHUNKS, EVENTS, DEAD_LETTERS, LATE);

  static TopicNames from(OptionValues values) throws InvalidOptionException {
    TopicNames names =
        new TopicNames(
            values.get(AUDIO_CHUNKS),
            values.get(EVENTS),
            values.get(DEAD_LETTERS),
            values.get(LATE));
    if (Set.copyOf(names.all()).size() < names.all().size()) {
      // What is written would be read again, without end.
      throw new InvalidOptionException("the four topics must differ, but are " + names.all());
    }
    return names;
  }

  /** All four. */
  public List<String> all() {
    return List.of(audioChunks, events, deadLetters, late);
  }
}
