package io.undertone.operators.order;

import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.chunk.AudioChunkBytes;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.state.BufferedChunk;
import io.undertone.operators.state.ChunkKey;
import io.undertone.schemas.AudioChunk;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/** Keyed state: the chunks of the current call that arrived before their turn. */
final class WaitingChunks {
  private final MapState<ChunkKey, BufferedChunk> buffered;
  private final FormerWaitingChunks former;

  private WaitingChunks(MapState<ChunkKey, BufferedChunk> buffered, FormerWaitingChunks former) {
    this.buffered = buffered;
    this.former = former;
  }

  static WaitingChunks of(RuntimeContext runtime) {
    MapStateDescriptor<ChunkKey, BufferedChunk> descriptor =
        new MapStateDescriptor<>(
            "buffered-chunks",
            new AvroTypeInfo<>(ChunkKey.class),
            new AvroTypeInfo<>(BufferedChunk.class));
    return new WaitingChunks(runtime.getMapState(descriptor), FormerWaitingChunks.of(runtime));
  }

  void put(Chunk chunk) throws Exception {
    RecordCoordinates at = chunk.at();
    AudioChunk audio = chunk.audio();
    buffered.put(
        new ChunkKey(audio.getChannel(), audio.getChunkIndex()),
        new BufferedChunk(at.topic(), at.partition(), at.offset(), AudioChunkBytes.encode(audio)));
  }

  /**
   * Removes and returns a chunk.
   *
   * @throws IllegalStateException if it is not there
   */
  Chunk take(int channel, long chunkIndex) throws Exception {
    ChunkKey key = new ChunkKey(channel, chunkIndex);
    BufferedChunk chunk = buffered.get(key);
    if (chunk == null) {
      return former
          .take(channel, chunkIndex)
          .orElseThrow(
              () -> new IllegalStateException("state must hold chunk " + key + ", but does not"));
    }
    buffered.remove(key);
    return new Chunk(
        new RecordCoordinates(chunk.getTopic(), chunk.getPartition(), chunk.getOffset()),
        AudioChunkBytes.decode(chunk.getAudioChunk()));
  }

  void clear() {
    buffered.clear();
    former.clear();
  }
}
