package io.undertone.operators.order;

import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.state.CallOrder;
import io.undertone.operators.state.ChannelOrder;
import io.undertone.schemas.AudioChunk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** Forwards the chunks of a call in the order of their channels. */
final class CallReorderer {
  private final CallOrder call;
  private final WaitingChunks waiting;
  private final OrderOptions options;
  private final OrderOutput output;

  CallReorderer(CallOrder call, WaitingChunks waiting, OrderOptions options, OrderOutput output) {
    this.call = call;
    this.waiting = waiting;
    this.options = options;
    this.output = output;
  }

  /** Forwards, buffers or rejects a chunk, and forwards the chunks that waited for it. */
  Arrival accept(Chunk chunk) throws Exception {
    AudioChunk audio = chunk.audio();
    long chunkIndex = audio.getChunkIndex();
    ChannelSequence sequence = sequence(CallOrders.channel(call, audio.getChannel()));
    Arrival arrival = sequence.arrival(chunkIndex);
    switch (arrival) {
      case DUE -> forward(sequence, chunk);
      case EARLY -> {
        sequence.await(chunkIndex, audio.getStartOffsetMs(), audio.getPayload().remaining());
        waiting.put(chunk);
      }
      case DUPLICATE -> call.setDuplicateChunks(call.getDuplicateChunks() + 1);
      case LATE -> {
        call.setLateChunks(call.getLateChunks() + 1);
        output.late(
            chunk,
            "chunkIndex must be at least %d, as earlier chunks were given up, but is %d"
                .formatted(sequence.nextIndex(), chunkIndex));
      }
      case BEYOND_LAST -> rejectBeyondLast(sequence, chunk);
      case TOO_FAR ->
          output.reject(
              chunk,
              "chunkIndex must be at most %d above the highest so far, but is %d while %d is due"
                  .formatted(options.maxIndexJump(), chunkIndex, sequence.nextIndex()));
    }
    drain(sequence);
    return arrival;
  }

  /** Forwards all waiting chunks and gives up the missing ones. */
  void flush() throws Exception {
    for (ChannelOrder channel : List.copyOf(call.getChannels())) {
      ChannelSequence sequence = sequence(channel);
      for (OptionalLong due = sequence.pollFirst(); due.isPresent(); due = sequence.pollFirst()) {
        forward(sequence, waiting.take(sequence.channel(), due.getAsLong()));
      }
    }
  }

  private void drain(ChannelSequence sequence) throws Exception {
    for (OptionalLong due = nextOf(sequence); due.isPresent(); due = nextOf(sequence)) {
      forward(sequence, waiting.take(sequence.channel(), due.getAsLong()));
    }
  }

  /** A call with too many bytes waits for no missing chunk of the channel that just grew. */
  private OptionalLong nextOf(ChannelSequence sequence) {
    return CallOrders.waitingBytes(call) > options.maxBufferedBytes()
        ? sequence.pollFirst()
        : sequence.pollDue();
  }

  private void forward(ChannelSequence sequence, Chunk chunk) throws Exception {
    AudioChunk audio = chunk.audio();
    if (audio.getPayload().hasRemaining() && sequence.isBackwards(audio.getStartOffsetMs())) {
      output.reject(
          chunk,
          "startOffsetMs must be at least %d, that of the previous chunk, but is %d"
              .formatted(sequence.lastStartOffsetMs(), audio.getStartOffsetMs()));
      sequence.skip(audio.getChunkIndex());
      // Its last-chunk flag still counts.
      if (!audio.getLastChunk()) {
        return;
      }
      chunk = withoutAudio(chunk);
    }
    long missing = sequence.forward(audio.getChunkIndex(), audio.getStartOffsetMs());
    CallOrders.countForwarded(call, audio, missing);
    output.forward(new OrderedChunk(chunk, missing));
    if (audio.getLastChunk()) {
      end(sequence);
    }
  }

  private void end(ChannelSequence sequence) throws Exception {
    sequence.end();
    for (long beyond : sequence.removeWaiting()) {
      rejectBeyondLast(sequence, waiting.take(sequence.channel(), beyond));
    }
  }

  private void rejectBeyondLast(ChannelSequence sequence, Chunk chunk) {
    output.reject(
        chunk,
        "chunkIndex must be at most %d, that of the channel's last chunk, but is %d"
            .formatted(sequence.nextIndex() - 1, chunk.audio().getChunkIndex()));
  }

  private ChannelSequence sequence(ChannelOrder channel) {
    return new ChannelSequence(channel, options);
  }

  private static Chunk withoutAudio(Chunk chunk) {
    AudioChunk emptied =
        AudioChunk.newBuilder(chunk.audio()).setPayload(ByteBuffer.allocate(0)).build();
    return new Chunk(chunk.at(), emptied);
  }
}
