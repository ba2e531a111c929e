package io.undertone.operators.order;

import io.undertone.operators.decode.Chunk;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The waiting chunks of savepoints from before {@link WaitingChunks}: POJOs in the state {@code
 * waiting-chunks}. They leave it as their turn comes; nothing writes it.
 */
final class FormerWaitingChunks {
  private final MapState<ChunkPosition, Chunk> chunks;

  private FormerWaitingChunks(MapState<ChunkPosition, Chunk> chunks) {
    this.chunks = chunks;
  }

  static FormerWaitingChunks of(RuntimeContext runtime) {
    return new FormerWaitingChunks(
        runtime.getMapState(
            new MapStateDescriptor<>(
                "waiting-chunks",
                TypeInformation.of(ChunkPosition.class),
                TypeInformation.of(Chunk.class))));
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
