package io.undertone.operators.order;

import io.undertone.operators.decode.Chunk;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Waiting chunks as earlier releases kept them: POJOs in the state {@code waiting-chunks}. Chunks
 * of a savepoint leave it as their turn comes; none are added.
 */
final class EarlierWaitingChunks {
  private final MapState<ChunkPosition, Chunk> chunks;

  private EarlierWaitingChunks(MapState<ChunkPosition, Chunk> chunks) {
    this.chunks = chunks;
  }

  static EarlierWaitingChunks of(RuntimeContext runtime) {
    return new EarlierWaitingChunks(runtime.getMapState(descriptor()));
  }

  static MapStateDescriptor<ChunkPosition, Chunk> descriptor() {
    return new MapStateDescriptor<>(
        "waiting-chunks", TypeInformation.of(ChunkPosition.class), TypeInformation.of(Chunk.class));
  }

  Optional<io.undertone.operators.chunk.Chunk> take(int channel, long chunkIndex) throws Exception {
    ChunkPosition position = new ChunkPosition(channel, chunkIndex);
    Chunk chunk = chunks.get(position);
    if (chunk == null) {
      return Optional.empty();
    }
    chunks.remove(position);
    return Optional.of(new io.undertone.operators.chunk.Chunk(chunk.at(), chunk.audio()));
  }

  void clear() {
    chunks.clear();
  }
}
