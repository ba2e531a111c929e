package io.undertone.operators.order;

import io.undertone.operators.chunk.Attributes;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.state.CallOrder;
import io.undertone.operators.state.ChannelOrder;
import io.undertone.operators.state.WaitingChunk;
import io.undertone.schemas.AudioChunk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Forwards the chunks of a call in the order of their channels. */
final class CallReorderer {
  private final String key;
  private final CallOrder call;
  private final WaitingChunks waiting;
  private final OrderOptions options;
  private final OrderOutput output;
  private final OffsetRule offsets;

  /**
   * @param key of the call
   */
  CallReorderer(
      String key, CallOrder call, WaitingChunks waiting, OrderOptions options, OrderOutput output) {
    this.key = key;
    this.call = call;
    this.waiting = waiting;
    this.options = options;
    this.output = output;
    offsets = new OffsetRule(options.limits().conversationTimeoutMs());
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
        sequence.await(position(audio));
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
        forward(sequence, take(sequence, due.getAsLong()));
      }
      settle(sequence);
    }
  }

  private void drain(ChannelSequence sequence) throws Exception {
    for (OptionalLong due = nextOf(sequence); due.isPresent(); due = nextOf(sequence)) {
      forward(sequence, take(sequence, due.getAsLong()));
    }
  }

  /** A call with too many bytes waits for no missing chunk of the channel that just grew. */
  private OptionalLong nextOf(ChannelSequence sequence) {
    OptionalLong due = sequence.pollDue();
    boolean giveUp =
        due.isEmpty()
            && sequence.hasWaiting()
            && CallOrders.waitingBytes(call) > options.maxBufferedBytes();
    return giveUp ? sequence.pollFirst() : due;
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
      if (audio.getLastChunk()) {
        forwardWithoutAudio(sequence, chunk);
      }
      return;
    }
    judgeDoubted(sequence, audio);
    if (offsets.isPlausible(call, sequence, audio)) {
      emit(sequence, chunk, sequence.forward(audio));
    } else if (!audio.getLastChunk()) {
      sequence.doubt(position(audio));
      waiting.put(chunk);
    } else if (sequence.lastCaptureTimeMs() < 0) {
      // Nothing contradicts the only chunk of a channel.
      emit(sequence, chunk, sequence.forward(audio));
    } else {
      rejectOffset(sequence, chunk);
      sequence.skip(audio.getChunkIndex());
      forwardWithoutAudio(sequence, chunk);
    }
  }

  /** Forwards the last chunk of a channel in place of one whose offset is wrong. */
  private void forwardWithoutAudio(ChannelSequence sequence, Chunk chunk) throws Exception {
    settle(sequence);
    AudioChunk.Builder emptied =
        AudioChunk.newBuilder(chunk.audio())
            .setPayload(ByteBuffer.allocate(0))
            .setStartOffsetMs(sequence.lastStartOffsetMs());
    if (sequence.lastCaptureTimeMs() >= 0) {
      emptied.setCaptureTimeMs(sequence.lastCaptureTimeMs());
    }
    AudioChunk audio = emptied.build();
    emit(sequence, new Chunk(chunk.at(), audio), sequence.forward(audio));
  }

  private void emit(ChannelSequence sequence, Chunk chunk, long missingBefore) throws Exception {
    CallOrders.countForwarded(call, chunk.audio(), missingBefore);
    output.forward(new OrderedChunk(chunk, missingBefore, call.getAttributes()));
    if (chunk.audio().getLastChunk()) {
      end(sequence);
    }
  }

  /** Forwards the doubted chunk if the next one confirms it, and rejects it otherwise. */
  private void judgeDoubted(ChannelSequence sequence, AudioChunk next) throws Exception {
    Optional<WaitingChunk> doubted = sequence.doubted();
    if (doubted.isEmpty()) {
      return;
    }
    boolean confirmed =
        !(sequence.lastCaptureTimeMs() >= 0 && offsets.isPlausible(call, sequence, next))
            && offsets.confirms(doubted.get(), next);
    decide(sequence, doubted.get(), confirmed);
  }

  /** Decides on a doubted chunk that no other follows: only another chunk can refute it. */
  private void settle(ChannelSequence sequence) throws Exception {
    Optional<WaitingChunk> doubted = sequence.doubted();
    if (doubted.isPresent()) {
      decide(sequence, doubted.get(), sequence.lastCaptureTimeMs() < 0);
    }
  }

  private void rejectOffset(ChannelSequence sequence, Chunk chunk) {
    output.reject(
        chunk,
        ("startOffsetMs must advance from %d, that of the previous chunk, as captureTimeMs does,"
                + " and by at most %d, but is %d")
            .formatted(
                sequence.lastStartOffsetMs(),
                options.limits().conversationTimeoutMs(),
                chunk.audio().getStartOffsetMs()));
  }

  private void decide(ChannelSequence sequence, WaitingChunk doubted, boolean confirmed)
      throws Exception {
    Chunk chunk = take(sequence, doubted.getChunkIndex());
    if (confirmed) {
      emit(sequence, chunk, sequence.confirm(doubted));
    } else {
      rejectOffset(sequence, chunk);
      sequence.refute();
    }
  }

  private void end(ChannelSequence sequence) throws Exception {
    sequence.end();
    for (long beyond : sequence.removeWaiting()) {
      rejectBeyondLast(sequence, take(sequence, beyond));
    }
  }

  private void rejectBeyondLast(ChannelSequence sequence, Chunk chunk) {
    output.reject(
        chunk,
        "chunkIndex must be at most %d, that of the channel's last chunk, but is %d"
            .formatted(sequence.nextIndex() - 1, chunk.audio().getChunkIndex()));
  }

  private Chunk take(ChannelSequence sequence, long chunkIndex) throws Exception {
    return waiting.take(key, sequence.channel(), chunkIndex);
  }

  private ChannelSequence sequence(ChannelOrder channel) {
    return new ChannelSequence(channel, options);
  }

  private static WaitingChunk position(AudioChunk audio) {
    return new WaitingChunk(
        audio.getChunkIndex(),
        audio.getStartOffsetMs(),
        audio.getPayload().remaining() + Attributes.characters(audio.getAttributes()),
        audio.getCaptureTimeMs());
  }
}
