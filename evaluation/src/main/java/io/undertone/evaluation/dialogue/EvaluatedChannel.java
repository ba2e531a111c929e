package io.undertone.evaluation.dialogue;

import io.undertone.model.ChannelMemory;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryEngine;
import java.util.List;

/** A channel of a dialogue with its memory. Used on the device's owner thread. */
public final class EvaluatedChannel implements ChannelMemory {
  private final MemoryEngine engine;
  private LiveMemory memory;
  private boolean closed;

  /**
   * A new channel.
   *
   * @param engine of the memory
   */
  EvaluatedChannel(MemoryEngine engine, LiveMemory memory) {
    this.engine = engine;
    this.memory = memory;
  }

  public LiveMemory memory() {
    return memory;
  }

  /** The memory of each channel. */
  public static List<LiveMemory> memories(List<EvaluatedChannel> channels) {
    return channels.stream().map(EvaluatedChannel::memory).toList();
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

  /** Whether the dialogue is over. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    memory.close();
  }
}
