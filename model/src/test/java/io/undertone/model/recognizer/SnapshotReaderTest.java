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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
  private static final int SMALL_BYTES = 1_000;
  private static final int LARGE_BYTES = 6 << 20;

  /** Three of these fill a slice: a slice ends with the memory that reaches its size. */
  private static final int LARGE_IN_A_SLICE = 3;

  private final DeviceThread thread = new DeviceThread("test-device");
  private final FakeEmotionModel model = new FakeEmotionModel("1");
  private final RecognizerClient client =
      new Recognizer(model, thread).newClient(new BatchLimits(1, 0));
  private final AtomicInteger read = new AtomicInteger();

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
  void readsOneSliceAheadAndNoMore() {
    Iterator<MemorySnapshot> snapshots = reader(10, LARGE_BYTES);
    for (int used = 1; used <= LARGE_IN_A_SLICE; used++) {
      snapshots.next();
      int readSoFar = thread.call(read::get);

      assertThat(readSoFar).isEqualTo(2 * LARGE_IN_A_SLICE);
    }
  }

  @Test
  void failsIfAMemoryCannotBeRead() {
    ChannelMemory broken = new Memory(0, SMALL_BYTES, new AtomicInteger(-1));
    Iterator<MemorySnapshot> snapshots = client.readSnapshots(List.of(broken));

    assertThatThrownBy(snapshots::next).hasRootCauseMessage("memory is lost");
  }

  /** How many memories the reader has read when a task that came after it runs. */
  private int readBeforeTheNextTask(int count, int bytes) {
    CountDownLatch gate = new CountDownLatch(1);
    CompletableFuture<Boolean> busy = thread.submit(() -> await(gate));
    Iterator<MemorySnapshot> snapshots = reader(count, bytes);
    CompletableFuture<Integer> next = thread.submit(read::get);
    gate.countDown();
    busy.join();
    snapshots.forEachRemaining(snapshot -> assertThat(snapshot.updateStep()).isLessThan(count));
    return next.join();
  }

  private static boolean await(CountDownLatch gate) {
    try {
      gate.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Iterator<MemorySnapshot> reader(int count, int bytes) {
    List<ChannelMemory> memories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      memories.add(new Memory(i, bytes, read));
    }
    return client.readSnapshots(memories);
  }

  /**
   * A memory without values.
   *
   * @param read counts the snapshots; below 0, they fail
   */
  private record Memory(int updateStep, long sizeBytes, AtomicInteger read)
      implements ChannelMemory {

    @Override
    public MemorySnapshot snapshot() {
      if (read.getAndIncrement() < 0) {
        throw new IllegalStateException("memory is lost");
      }
      return new MemorySnapshot("none", updateStep, updateStep, new int[0], List.of());
    }

    @Override
    public void close() {}
  }
}
