package io.undertone.model.recognizer;

import io.undertone.model.ChannelMemory;
import io.undertone.model.MemorySnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads memories on the device's thread, slice by slice. Memories that fit into one slice take one
 * visit to that thread. Between slices, batches of other clients run, so a slice is large: a visit
 * may wait for a batch, which takes longer than the slice. Its size bounds what is on the heap.
 */
final class SnapshotReader implements Iterator<MemorySnapshot> {
  static final long SLICE_BYTES = 128L << 20;

  private final RecognizerClient client;
  private final Iterator<List<ChannelMemory>> slices;
  private Iterator<MemorySnapshot> current = Collections.emptyIterator();

  SnapshotReader(RecognizerClient client, List<ChannelMemory> memories) {
    this.client = client;
    this.slices = slices(memories).iterator();
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
    if (!current.hasNext() && slices.hasNext()) {
      current = Collections.emptyIterator(); // Frees the last slice before the next is read.
      current = client.snapshots(slices.next()).join().iterator();
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
