package io.undertone.operators.recognize;

import io.undertone.model.call.ChannelState;
import io.undertone.operators.encryption.StateCipher;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;

/** What {@link RecognizeOperator} has saved, for programs that read savepoints without a model. */
public final class SavedMemories {
  private final MapState<Integer, byte[]> channels;
  private final FormerCallStates former;

  private SavedMemories(MapState<Integer, byte[]> channels, FormerCallStates former) {
    this.channels = channels;
    this.former = former;
  }

  public static SavedMemories of(RuntimeContext runtime) {
    return new SavedMemories(
        runtime.getMapState(CallStates.channels()), FormerCallStates.of(runtime));
  }

  /** The bytes of each channel of the current key's call; {@link #decode} reads them. */
  public Map<Integer, byte[]> ofCurrentCall() throws Exception {
    Map<Integer, byte[]> saved = new HashMap<>();
    former.read().forEach((channel, state) -> saved.put(channel, state.toBytes()));
    for (Map.Entry<Integer, byte[]> channel : channels.entries()) {
      saved.put(channel.getKey(), channel.getValue());
    }
    return saved;
  }

  /**
   * A channel from its bytes.
   *
   * @param call its key
   * @throws io.undertone.model.MemoryFormatException if they are not of a known version
   * @throws io.undertone.operators.encryption.StateKeyException if their key is missing
   * @throws io.undertone.operators.encryption.DamagedStateException if they were changed
   */
  public static ChannelState decode(String call, int channel, byte[] saved, StateCipher cipher) {
    return ChannelState.ofBytes(cipher.decrypt(saved, CallStates.entry(call, channel)));
  }
}
