package io.undertone.local.savepoint;

import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.FullSnapshotResources;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyValueStateIterator;
import org.apache.flink.runtime.state.StreamCompressionDecorator;
import org.apache.flink.runtime.state.UncompressedStreamCompressionDecorator;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;

/** Keyed state of a subtask as Flink writes it. */
record KeptState(List<StateMetaInfoSnapshot> states, KeyGroupRange range, KeptEntries entries)
    implements FullSnapshotResources<String> {

  @Override
  public List<StateMetaInfoSnapshot> getMetaInfoSnapshots() {
    return states;
  }

  @Override
  public KeyValueStateIterator createKVStateIterator() {
    return entries;
  }

  @Override
  public KeyGroupRange getKeyGroupRange() {
    return range;
  }

  @Override
  public TypeSerializer<String> getKeySerializer() {
    return StringSerializer.INSTANCE;
  }

  @Override
  public StreamCompressionDecorator getStreamCompressionDecorator() {
    return UncompressedStreamCompressionDecorator.INSTANCE;
  }

  @Override
  public void release() {}
}
