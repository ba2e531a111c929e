package io.undertone.operators.order;

import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.chunk.AudioChunkBytes;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.encryption.StateCipher;
import io.undertone.operators.encryption.StateEntry;
import io.undertone.operators.state.BufferedChunk;
import io.undertone.operators.state.ChunkKey;
import io.undertone.schemas.AudioChunk;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * Keyed state: the chunks of the current call that arrived before their turn, their audio encrypted
 * if the job has keys.
 */
final class WaitingChunks {
  private static final String NAME = "buffered-chunks";

  private final MapState<ChunkKey, BufferedChunk> buffered;
  private final FormerWaitingChunks former;
  private final StateCipher cipher;

  private WaitingChunks(
      MapState<ChunkKey, BufferedChunk> buffered, FormerWaitingChunks former, StateCipher cipher) {
    this.buffered = buffered;
    this.former = former;
    this.cipher = cipher;
  }

  static WaitingChunks of(RuntimeContext runtime, StateCipher cipher) {
    MapStateDescriptor<ChunkKey, BufferedChunk> descriptor =
        new MapStateDescriptor<>(
            NAME, new AvroTypeInfo<>(ChunkKey.class), new AvroTypeInfo<>(BufferedChunk.class));
    return new WaitingChunks(
        runtime.getMapState(descriptor), FormerWaitingChunks.of(runtime), cipher);
  }

  void put(Chunk chunk) throws Exception {
    RecordCoordinates at = chunk.at();
    AudioChunk audio = chunk.audio();
    ChunkKey key = new ChunkKey(audio.getChannel(), audio.getChunkIndex());
    ByteBuffer bytes =
        cipher.encrypt(AudioChunkBytes.encode(audio), entry(chunk.conversation().key(), key));
    buffered.put(key, new BufferedChunk(at.topic(), at.partition(), at.offset(), bytes));
  }

  /**
   * Removes and returns a chunk.
   *
   * @param call key of the current call
   * @throws IllegalStateException if it is not there
   */
  Chunk take(String call, int channel, long chunkIndex) throws Exception {
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
        AudioChunkBytes.decode(cipher.decrypt(chunk.getAudioChunk(), entry(call, key))));
  }

  private static StateEntry entry(String call, ChunkKey key) {
    return new StateEntry(NAME, call, key.getChannel(), key.getChunkIndex());
  }

  void clear() {
    buffered.clear();
    former.clear();
  }
}
