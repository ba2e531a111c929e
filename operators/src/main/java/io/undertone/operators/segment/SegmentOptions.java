package io.undertone.operators.segment;

import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.audio.segment.SegmenterMode;
import io.undertone.operators.Bounds;
import io.undertone.schemas.Role;
import java.io.Serializable;
import java.util.Set;

/**
 * How chunks are joined and split into utterances.
 *
 * @param segmenter when an utterance starts and ends
 * @param offsetToleranceMs difference between the start of a chunk and the end of the previous one
 *     up to which no silence is inserted and no samples are dropped, unless a chunk is missing
 * @param activityRoles roles of which only voice activity is heard: their audio goes no further
 */
public record SegmentOptions(
    SegmenterConfig segmenter, long offsetToleranceMs, Set<Role> activityRoles)
    implements Serializable {
  /** Minimum input of every model: one token at 25 Hz. */
  private static final int MIN_SPEECH_MS = 40;

  public SegmentOptions {
    Bounds.atLeast(MIN_SPEECH_MS, "segmenter.minSpeechMs", segmenter.minSpeechMs());
    Bounds.atLeast(0, "offsetToleranceMs", offsetToleranceMs);
    activityRoles = Set.copyOf(activityRoles);
  }

  /** {@link SegmenterConfig#defaults}, 60 ms, and no activity roles. */
  public static SegmentOptions defaults() {
    return new SegmentOptions(SegmenterConfig.defaults(), 60, Set.of());
  }

  public SegmentOptions withSegmenter(SegmenterConfig config) {
    return new SegmentOptions(config, offsetToleranceMs, activityRoles);
  }

  public SegmentOptions withActivityRoles(Set<Role> roles) {
    return new SegmentOptions(segmenter, offsetToleranceMs, roles);
  }

  /** What is kept of the audio of a role. */
  SegmenterMode modeOf(Role role) {
    return activityRoles.contains(role) ? SegmenterMode.ACTIVITY : SegmenterMode.UTTERANCES;
  }
}
