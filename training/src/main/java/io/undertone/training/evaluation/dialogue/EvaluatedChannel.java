package io.undertone.training.evaluation.dialogue;

import io.undertone.model.ChannelMemory;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryEngine;
import java.util.Arrays;

/** A channel of a dialogue: its memory, and all its tokens so far. Used on the owner thread. */
final class EvaluatedChannel implements ChannelMemory {
  private final MemoryEngine engine;
  private LiveMemory memory;
  private int[] stream;
  private int learned;
  private boolean closed;

  /**
   * A new channel, whose tokens are the history of its memory.
   *
   * @param engine of the memory
   */
  EvaluatedChannel(MemoryEngine engine, LiveMemory memory) {
    this.engine = engine;
    this.memory = memory;
    this.stream = memory.history().tokens();
    this.learned = stream.length;
  }

  LiveMemory memory() {
    return memory;
  }

  @Override
  public int updateStep() {
    return memory.updateStep();
  }

  @Override
  public long sizeBytes() {
    return engine.residentBytes();
  }

  @Override
  public MemorySnapshot snapshot() {
    return memory.snapshot("");
  }

  /** Saves the memory and restores it, as may happen between the utterances of a call. */
  void saveAndRestore(MemoryEncoding encoding) {
    LiveMemory before = memory;
    byte[] saved = MemoryCodec.encode(snapshot(), encoding);
    memory = engine.restore(MemoryCodec.decode(saved)).get();
    before.close();
  }

  /** Adds an utterance to the stream. */
  void append(int[] utterance) {
    int before = stream.length;
    stream = Arrays.copyOf(stream, before + utterance.length);
    System.arraycopy(utterance, 0, stream, before, utterance.length);
  }

  /** How many tokens of the stream are in no piece yet. */
  int unlearned() {
    return stream.length - learned;
  }

  /** The tokens before the next piece. */
  int[] prefix(int tokens) {
    return Arrays.copyOfRange(stream, Math.max(0, learned - tokens), learned);
  }

  /** The next piece: tokens that were in no piece before. */
  int[] takePiece(int tokens) {
    learned += tokens;
    return Arrays.copyOfRange(stream, learned - tokens, learned);
  }

  /** Whether the dialogue is over. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    memory.close();
  }
}
