package io.undertone.local.replay;

import io.undertone.audio.Pcm;
import io.undertone.operators.Conversation;
import io.undertone.schemas.Role;
import java.util.List;

/**
 * A call that was recorded, one waveform for each side; all begin at the same time.
 *
 * @param conversation the name that the call gets in the topic
 * @param channels its sides; channel 0 is the first
 */
public record CallRecording(Conversation conversation, List<Channel> channels) {

  public CallRecording {
    if (channels.isEmpty()) {
      throw new IllegalArgumentException(
          "a recording must have at least one channel, but " + conversation + " has none");
    }
    channels = List.copyOf(channels);
  }

  /** One side of the call. */
  public record Channel(Role role, Pcm pcm) {}
}
