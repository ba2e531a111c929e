package io.undertone.operators.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The entry of keyed state that encrypted bytes belong to; in another one they cannot be decrypted.
 *
 * @param state name of the state
 * @param call key of the call
 * @param channel of the call
 * @param position within the channel; 0 where the channel has one entry
 */
public record StateEntry(String state, String call, int channel, long position) {

  public StateEntry(String state, String call, int channel) {
    this(state, call, channel, 0);
  }

  /** Differs for each entry. */
  byte[] bytes() {
    byte[] stateUtf8 = state.getBytes(StandardCharsets.UTF_8);
    byte[] callUtf8 = call.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(3 * Integer.BYTES + Long.BYTES + stateUtf8.length + callUtf8.length);
    out.putInt(stateUtf8.length).put(stateUtf8).putInt(callUtf8.length).put(callUtf8);
    return out.putInt(channel).putLong(position).array();
  }
}
