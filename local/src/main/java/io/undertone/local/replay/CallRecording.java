package io.undertone.local.replay;

import io.undertone.audio.Pcm;
import io.undertone.operators.Conversation;
import io.undertone.schemas.Role;
import java.util.List;

/**
 * A recorded call: one waveform per side, all with the same start.
 *
 * @param conversation tenant and id of the call in the topic
 * @param channels the sides, in the order of their channel numbers
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
