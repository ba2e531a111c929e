package io.undertone.local.replay;

import io.undertone.audio.Pcm;
import io.undertone.operators.Conversation;
import io.undertone.schemas.Role;
import java.util.List;
import java.util.Map;

/**
 * A recorded call: one waveform per side, all with the same start.
 *
 * @param conversation tenant and id of the call in the topic
 * @param channels the sides, in the order of their channel numbers
 * @param attributes of the call, which each chunk carries
 */
public record CallRecording(
    Conversation conversation, List<Channel> channels, Map<String, String> attributes) {

  public CallRecording {
    if (channels.isEmpty()) {
      throw new IllegalArgumentException(
          "a recording must have at least one channel, but "
              + conversation.conversationId()
              + " has none");
    }
    channels = List.copyOf(channels);
    attributes = Map.copyOf(attributes);
  }

  /** Without attributes. */
  public CallRecording(Conversation conversation, List<Channel> channels) {
    this(conversation, channels, Map.of());
  }

  /** One side of the call. */
  public record Channel(Role role, Pcm pcm) {}
}
