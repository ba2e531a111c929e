package io.undertone.operators.segment;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes by {@link ChannelAudioFormat}, which has its own version. A heap backend keeps the
 * objects and serializes only snapshots. Savepoints name {@link Snapshot}, so neither class may be
 * renamed.
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
    throw new UnsupportedOperationException("the first chunk of a channel creates its state");
  }

  @Override
  public ChannelAudio copy(ChannelAudio from) {
    try {
      return ChannelAudioFormat.read(ChannelAudioFormat.write(from));
    } catch (IOException e) {
      throw new IllegalStateException("serialized channel audio must be readable", e);
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

  /** Part of savepoints; the format's own version handles changes. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ChannelAudio> {

    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
