package io.undertone.operators.order;

import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.state.CallOrder;
import io.undertone.operators.state.ChannelOrder;
import io.undertone.schemas.AudioChunk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** Lets a call's chunks go on in the order of their channel. */
final class CallInProgress {
  private final CallOrder call;
  private final WaitingChunks waiting;
  private final OrderOptions options;
  private final StageOutlet outlet;

  CallInProgress(CallOrder call, WaitingChunks waiting, OrderOptions options, StageOutlet outlet) {
    this.call = call;
    this.waiting = waiting;
    this.options = options;
    this.outlet = outlet;
  }

  /** Takes a chunk in: it goes on, waits, or is refused; those that waited for it go on too. */
  Arrival accept(Chunk chunk) throws Exception {
    AudioChunk audio = chunk.audio();
    long chunkIndex = audio.getChunkIndex();
    ChannelSequence sequence = sequence(CallOrders.channel(call, audio.getChannel()));
    Arrival arrival = sequence.arrival(chunkIndex);
    switch (arrival) {
      case DUE -> passOn(sequence, chunk);
      case EARLY -> {
        sequence.await(chunkIndex, audio.getStartOffsetMs());
        waiting.put(chunk);
      }
      case DUPLICATE -> call.setDuplicateChunks(call.getDuplicateChunks() + 1);
      case LATE -> {
        call.setLateChunks(call.getLateChunks() + 1);
        outlet.late(
            chunk,
            "chunkIndex must be at least %d, since those before were given up, but is %d"
                .formatted(sequence.nextIndex(), chunkIndex));
      }
      case BEYOND_LAST -> refuseBeyondLast(sequence, chunk);
      case TOO_FAR ->
          outlet.refuse(
              chunk,
              "chunkIndex must be at most %d beyond those that came before, but is %d where %d is due"
                  .formatted(options.maxIndexJump(), chunkIndex, sequence.nextIndex()));
    }
    drain(sequence);
    return arrival;
  }

  /** Lets all that waits go on: what is missing now will not come. */
  void flush() throws Exception {
    for (ChannelOrder channel : List.copyOf(call.getChannels())) {
      ChannelSequence sequence = sequence(channel);
      for (OptionalLong due = sequence.pollFirst(); due.isPresent(); due = sequence.pollFirst()) {
        passOn(sequence, waiting.take(sequence.channel(), due.getAsLong()));
      }
    }
  }

  private void drain(ChannelSequence sequence) throws Exception {
    for (OptionalLong due = sequence.pollDue(); due.isPresent(); due = sequence.pollDue()) {
      passOn(sequence, waiting.take(sequence.channel(), due.getAsLong()));
    }
  }

  private void passOn(ChannelSequence sequence, Chunk chunk) throws Exception {
    AudioChunk audio = chunk.audio();
    if (audio.getPayload().hasRemaining() && sequence.isBackwards(audio.getStartOffsetMs())) {
      outlet.refuse(
          chunk,
          "startOffsetMs must be at least %d, where the chunk before begins, but is %d"
              .formatted(sequence.lastStartOffsetMs(), audio.getStartOffsetMs()));
      sequence.skip(audio.getChunkIndex());
      // Its word on the channel's end holds all the same.
      if (!audio.getLastChunk()) {
        return;
      }
      chunk = withoutAudio(chunk);
    }
    long missing = sequence.passOn(audio.getChunkIndex(), audio.getStartOffsetMs());
    CallOrders.passedOn(call, audio, missing);
    outlet.passOn(new OrderedChunk(chunk, missing));
    if (audio.getLastChunk()) {
      end(sequence);
    }
  }

  private void end(ChannelSequence sequence) throws Exception {
    sequence.end();
    for (long beyond : sequence.takeWaiting()) {
      refuseBeyondLast(sequence, waiting.take(sequence.channel(), beyond));
    }
  }

  private void refuseBeyondLast(ChannelSequence sequence, Chunk chunk) {
    outlet.refuse(
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
