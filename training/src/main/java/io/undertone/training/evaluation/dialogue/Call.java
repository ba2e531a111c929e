package io.undertone.training.evaluation.dialogue;

import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryEngine;
import java.util.Arrays;

/** A channel of a dialogue that is being heard: its memory, and all tokens so far. */
final class Call implements AutoCloseable {
  private LiveMemory memory;
  private int[] stream;
  private int learned;
  private boolean over;

  /** A call that has only begun: its memory's history is all there is. */
  Call(LiveMemory memory) {
    this.memory = memory;
    this.stream = memory.history().tokens();
    this.learned = stream.length;
  }

  LiveMemory memory() {
    return memory;
  }

  /** Saves the memory and restores it, as may happen between the utterances of a call. */
  void saveAndRestore(MemoryEncoding encoding, MemoryEngine engine) {
    LiveMemory before = memory;
    byte[] saved = MemoryCodec.encode(before.snapshot(""), encoding);
    memory = engine.restore(MemoryCodec.decode(saved)).get();
    before.close();
  }

  /** Adds an utterance to the stream. */
  void say(int[] utterance) {
    int before = stream.length;
    stream = Arrays.copyOf(stream, before + utterance.length);
    System.arraycopy(utterance, 0, stream, before, utterance.length);
  }

  /** How many tokens of the stream no piece has had yet. */
  int unlearned() {
    return stream.length - learned;
  }

  /** The tokens before the next piece. */
  int[] prefix(int tokens) {
    return Arrays.copyOfRange(stream, Math.max(0, learned - tokens), learned);
  }

  /** The next tokens that no piece has had yet. */
  int[] takePiece(int tokens) {
    learned += tokens;
    return Arrays.copyOfRange(stream, learned - tokens, learned);
  }

  /** Whether nothing more is heard of it. */
  boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    over = true;
    memory.close();
  }
}
