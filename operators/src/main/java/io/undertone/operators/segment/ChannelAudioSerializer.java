package io.undertone.operators.segment;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes {@link StoredAudio}, whose format has its own version. A heap backend keeps the
 * objects and serializes only snapshots. Savepoints name {@link Snapshot}, so neither class may be
 * renamed.
 */
final class ChannelAudioSerializer extends TypeSerializerSingleton<StoredAudio> {
  static final ChannelAudioSerializer INSTANCE = new ChannelAudioSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public StoredAudio createInstance() {
    throw new UnsupportedOperationException("the first chunk of a channel creates its state");
  }

  @Override
  public StoredAudio copy(StoredAudio from) {
    try {
      return from.copy();
    } catch (IOException e) {
      throw new IllegalStateException("serialized channel audio must be readable", e);
    }
  }

  @Override
  public StoredAudio copy(StoredAudio from, StoredAudio reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(StoredAudio audio, DataOutputView target) throws IOException {
    byte[] bytes = audio.toBytes();
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  @Override
  public StoredAudio deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return StoredAudio.ofBytes(bytes);
  }

  @Override
  public StoredAudio deserialize(StoredAudio reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public TypeSerializerSnapshot<StoredAudio> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Part of savepoints; the format's own version handles changes. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StoredAudio> {

    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
