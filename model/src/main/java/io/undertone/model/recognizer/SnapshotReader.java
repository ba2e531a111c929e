package io.undertone.model.recognizer;

import io.undertone.model.ChannelMemory;
import io.undertone.model.MemorySnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/**
 * Reads memories on the device's thread, slice by slice and one slice ahead of its user. Memories
 * that fit into one slice take one visit to that thread. Between slices, batches of other clients
 * run: many large memories neither fill the heap nor hold up other calls.
 */
final class SnapshotReader implements Iterator<MemorySnapshot> {
  /** Takes the device's thread some milliseconds, less than a batch. */
  static final long SLICE_BYTES = 16L << 20;

  private final RecognizerClient client;
  private final Iterator<List<ChannelMemory>> slices;
  private Iterator<MemorySnapshot> current = Collections.emptyIterator();
  private CompletableFuture<List<MemorySnapshot>> next;

  SnapshotReader(RecognizerClient client, List<ChannelMemory> memories) {
    this.client = client;
    this.slices = slices(memories).iterator();
    this.next = readSlice();
  }

  private CompletableFuture<List<MemorySnapshot>> readSlice() {
    if (!slices.hasNext()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return client.snapshots(slices.next());
  }

  private static List<List<ChannelMemory>> slices(List<ChannelMemory> memories) {
    List<List<ChannelMemory>> slices = new ArrayList<>();
    long sliceBytes = SLICE_BYTES;
    for (ChannelMemory memory : memories) {
      if (sliceBytes >= SLICE_BYTES) {
        slices.add(new ArrayList<>());
        sliceBytes = 0;
      }
      slices.get(slices.size() - 1).add(memory);
      sliceBytes += memory.sizeBytes();
    }
    return slices;
  }

  @Override
  public boolean hasNext() {
    if (!current.hasNext()) {
      current = next.join().iterator();
      next = readSlice();
    }
    return current.hasNext();
  }

  @Override
  public MemorySnapshot next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all memories have been read");
    }
    return current.next();
  }
}
