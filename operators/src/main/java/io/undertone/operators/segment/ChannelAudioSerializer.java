package io.undertone.operators.segment;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Lets a backend on the heap keep channels as they are; bytes are made for snapshots only. What
 * changes in the format is told by its own version, not by Flink.
 */
final class ChannelAudioSerializer extends TypeSerializerSingleton<ChannelAudio> {
  static final ChannelAudioSerializer INSTANCE = new ChannelAudioSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public ChannelAudio createInstance() {
    throw new UnsupportedOperationException("a channel's audio begins with its first chunk");
  }

  @Override
  public ChannelAudio copy(ChannelAudio from) {
    try {
      return ChannelAudioFormat.read(ChannelAudioFormat.write(from));
    } catch (IOException e) {
      throw new IllegalStateException("a channel's audio must be readable as written", e);
    }
  }

  @Override
  public ChannelAudio copy(ChannelAudio from, ChannelAudio reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(ChannelAudio audio, DataOutputView target) throws IOException {
    byte[] bytes = ChannelAudioFormat.write(audio);
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  @Override
  public ChannelAudio deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return ChannelAudioFormat.read(bytes);
  }

  @Override
  public ChannelAudio deserialize(ChannelAudio reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public TypeSerializerSnapshot<ChannelAudio> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the serializer in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ChannelAudio> {

    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
