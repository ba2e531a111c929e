package io.undertone.model.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.ChannelMemory;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.MemorySnapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
  private static final int SMALL_BYTES = 1_000;
  private static final int LARGE_BYTES = 48 << 20;

  /** Three of these fill a slice: a slice ends with the memory that reaches its size. */
  private static final int LARGE_IN_A_SLICE = 3;

  private final DeviceThread thread = new DeviceThread("test-device");
  private final FakeEmotionModel model = new FakeEmotionModel("1");
  private final RecognizerClient client =
      new Recognizer(model, thread).newClient(new BatchLimits(1, 0));
  private final AtomicInteger read = new AtomicInteger();
  private CompletableFuture<Integer> whenFirstIsRead = new CompletableFuture<>();

  @AfterEach
  void close() {
    client.close();
    thread.close();
  }

  @Test
  void readsAllMemoriesInTheirOrder() {
    for (int bytes : new int[] {SMALL_BYTES, LARGE_BYTES}) {
      List<Integer> steps = new ArrayList<>();
      reader(10, bytes).forEachRemaining(snapshot -> steps.add(snapshot.updateStep()));

      assertThat(steps).isEqualTo(IntStream.range(0, 10).boxed().toList());
    }
  }

  @Test
  void readsNothingWhereThereIsNothing() {
    Iterator<MemorySnapshot> none = reader(0, SMALL_BYTES);

    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void smallMemoriesTakeOneVisitToTheThread() {
    assertThat(readBeforeTheNextTask(5_000, SMALL_BYTES)).isEqualTo(5_000);
  }

  @Test
  void otherTasksRunBetweenSlicesOfLargeMemories() {
    assertThat(readBeforeTheNextTask(10, LARGE_BYTES)).isEqualTo(LARGE_IN_A_SLICE);
  }

  @Test
  void holdsOneSliceAtATime() {
    Iterator<MemorySnapshot> snapshots = reader(10, LARGE_BYTES);
    for (int used = 1; used <= LARGE_IN_A_SLICE; used++) {
      snapshots.next();

      assertThat(read).hasValue(LARGE_IN_A_SLICE);
    }
    snapshots.next();
    assertThat(read).hasValue(2 * LARGE_IN_A_SLICE);
  }

  @Test
  void failsIfAMemoryCannotBeRead() {
    ChannelMemory memory = model.newMemory(1);
    memory.close();
    Iterator<MemorySnapshot> snapshots = client.readSnapshots(List.of(memory));

    assertThatThrownBy(snapshots::next).hasRootCauseMessage("memory must be open, but is closed");
  }

  /** How many memories are read before a task that comes while the first one is read. */
  private int readBeforeTheNextTask(int count, int bytes) {
    reader(count, bytes)
        .forEachRemaining(snapshot -> assertThat(snapshot.updateStep()).isLessThan(count));
    return whenFirstIsRead.join();
  }

  private Iterator<MemorySnapshot> reader(int count, int bytes) {
    List<ChannelMemory> memories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      memories.add(new Memory(i, bytes));
    }
    return client.readSnapshots(memories);
  }

  /** A memory without values, which counts that it is read. */
  private final class Memory implements ChannelMemory {
    private final int updateStep;
    private final long sizeBytes;

    Memory(int updateStep, long sizeBytes) {
      this.updateStep = updateStep;
      this.sizeBytes = sizeBytes;
    }

    @Override
    public int updateStep() {
      return updateStep;
    }

    @Override
    public long sizeBytes() {
      return sizeBytes;
    }

    @Override
    public MemorySnapshot snapshot() {
      if (read.getAndIncrement() == 0) {
        whenFirstIsRead = thread.submit(read::get);
      }
      return new MemorySnapshot("none", updateStep, updateStep, new int[0], List.of());
    }

    @Override
    public void close() {}
  }
}
