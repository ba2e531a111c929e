package io.undertone.model.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.undertone.audio.Pcm;
import io.undertone.model.GatedModel;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecognizerTest {
  private static final long FOREVER_MS = 86_400_000;
  private static final int MANY = 1_000;

  private final GatedModel model = new GatedModel();
  private final DeviceThread thread = new DeviceThread("test-device");
  private final Recognizer recognizer = new Recognizer(model, thread);

  @AfterEach
  void close() {
    model.release(MANY);
    thread.close();
    model.close();
  }

  @Test
  void aFullBatchStartsAtOnce() {
    model.release(MANY);
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(3, FOREVER_MS))) {
      submit(client, 6).forEach(CompletableFuture::join);

      assertThat(model.batchSizes()).containsExactly(3, 3);
    }
  }

  @Test
  void aPartialBatchWaitsNoLongerThanItsLimit() {
    model.release(MANY);
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(MANY, 1))) {
      assertThat(submit(client, 2)).allSatisfy(result -> assertThat(result.join()).isNotNull());
    }
  }

  @Test
  void aFlushStartsBatchesAtOnce() {
    model.release(MANY);
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(4, FOREVER_MS))) {
      List<CompletableFuture<Recognition>> results = submit(client, 6);
      client.flush();
      results.forEach(CompletableFuture::join);

      assertThat(model.batchSizes()).containsExactly(4, 2);
    }
  }

  @Test
  void requestsQueueUpWhileTheModelIsBusy() {
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(MANY, 0))) {
      List<CompletableFuture<Recognition>> results = new ArrayList<>(submit(client, 1));
      model.awaitBatch();
      results.addAll(submit(client, 5));
      model.release(MANY);
      results.forEach(CompletableFuture::join);

      assertThat(model.batchSizes()).containsExactly(1, 5);
    }
  }

  @Test
  void tellsHowLongTheModelWasBusyAndRequestsWaited() {
    AtomicLong clockMs = new AtomicLong();
    Recognizer timed =
        new Recognizer(model, thread, () -> TimeUnit.MILLISECONDS.toNanos(clockMs.get()));
    try (RecognizerClient client = timed.newClient(new BatchLimits(MANY, 0))) {
      List<CompletableFuture<Recognition>> results = new ArrayList<>(submit(client, 1));
      model.awaitBatch();
      clockMs.set(5);
      results.addAll(submit(client, 2));
      clockMs.set(12);
      model.release(MANY);
      results.forEach(CompletableFuture::join);

      assertThat(timed.busyMs()).isEqualTo(12);
      assertThat(timed.waitedMs()).isEqualTo(2 * 7);
    }
  }

  @Test
  void clientsShareABatchAndTakeTurnsInIt() {
    BatchLimits limits = new BatchLimits(4, 0);
    try (RecognizerClient first = recognizer.newClient(limits);
        RecognizerClient second = recognizer.newClient(limits)) {
      submit(first, 1);
      model.awaitBatch();
      List<RecognitionRequest> backlog = requests(10);
      List<RecognitionRequest> few = requests(2);
      List<CompletableFuture<Recognition>> results = new ArrayList<>();
      backlog.forEach(request -> results.add(first.submit(request)));
      few.forEach(request -> results.add(second.submit(request)));
      model.release(MANY);
      results.forEach(CompletableFuture::join);

      assertThat(model.batches().get(1))
          .containsExactly(backlog.get(0), few.get(0), backlog.get(1), few.get(1));
      assertThat(model.batchSizes()).containsExactly(1, 4, 4, 4);
    }
  }

  @Test
  void aRequestWaitsItsOwnTimeEvenIfAFullBatchLeavesItBehind() {
    BatchLimits limits = new BatchLimits(2, 1);
    try (RecognizerClient first = recognizer.newClient(limits);
        RecognizerClient second = recognizer.newClient(limits)) {
      submit(first, 1);
      model.awaitBatch();
      List<CompletableFuture<Recognition>> results = new ArrayList<>(submit(first, 2));
      results.addAll(submit(second, 1));
      model.release(MANY);

      assertThat(results).allSatisfy(result -> assertThat(result.join()).isNotNull());
    }
  }

  @Test
  void eachRequestGetsTheResultThatItWouldGetAlone() {
    model.release(MANY);
    List<RecognitionRequest> requests = requests(5);
    List<Recognition> alone = model.recognize(requests(5));
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(2, FOREVER_MS))) {
      List<CompletableFuture<Recognition>> results = requests.stream().map(client::submit).toList();
      client.flush();

      assertThat(results).extracting(CompletableFuture::join).isEqualTo(alone);
    }
  }

  @Test
  void batchesRunOnTheDeviceThread() {
    model.release(MANY);
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(1, 0))) {
      Thread owner = thread.call(Thread::currentThread);

      submit(client, 1).forEach(CompletableFuture::join);

      assertThat(model.batchThreads()).containsExactly(owner);
    }
  }

  @Test
  void aSnapshotIsTakenBetweenBatches() {
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(1, 0))) {
      RecognitionRequest request = requests(1).get(0);
      CompletableFuture<Recognition> result = client.submit(request);
      model.awaitBatch();
      CompletableFuture<List<MemorySnapshot>> snapshots =
          client.snapshots(List.of(request.memory()));
      assertThat(snapshots).isNotDone();
      model.release(1);

      assertThat(snapshots.join()).extracting(MemorySnapshot::updateStep).containsExactly(1);
      assertThat(result).isDone();
    }
  }

  @Test
  void closingAClientDropsItsPendingRequestsAlone() {
    model.release(MANY);
    BatchLimits limits = new BatchLimits(MANY, FOREVER_MS);
    try (RecognizerClient other = recognizer.newClient(limits)) {
      RecognizerClient client = recognizer.newClient(limits);
      List<CompletableFuture<Recognition>> dropped = submit(client, 3);
      List<CompletableFuture<Recognition>> ofOther = submit(other, 2);
      assertThat(recognizer.pending()).isEqualTo(5);
      client.close();
      assertThat(recognizer.pending()).isEqualTo(2);
      other.flush();
      ofOther.forEach(CompletableFuture::join);

      assertThat(model.batchSizes()).containsExactly(2);
      assertThat(dropped).noneMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void closingAClientWaitsForItsBatch() {
    RecognizerClient client = recognizer.newClient(new BatchLimits(1, 0));
    CompletableFuture<Recognition> result = submit(client, 1).get(0);
    model.awaitBatch();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(client::close);
    assertThat(closing).isNotDone();

    model.release(1);
    closing.join();
    assertThat(result).isDone();
  }

  @Test
  void timersEndWithTheirRequests() throws InterruptedException {
    model.release(MANY);
    Thread owner = thread.call(Thread::currentThread);
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(2, FOREVER_MS))) {
      submit(client, 2).forEach(CompletableFuture::join);
      submit(client, 1);
    }
    thread.close();
    owner.join(TimeUnit.SECONDS.toMillis(60));

    assertThat(owner.isAlive()).as("still waits for a timer").isFalse();
  }

  @Test
  void refusesLimitsThatAreOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchLimits(0, 1))
        .withMessage("utterances must be at least 1, but are 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchLimits(1, -1))
        .withMessage("waitMs must be at least 0, but is -1");
  }

  private List<CompletableFuture<Recognition>> submit(RecognizerClient client, int count) {
    return requests(count).stream().map(client::submit).toList();
  }

  private List<RecognitionRequest> requests(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new RecognitionRequest(
                    new Pcm(new float[800 + i], model.sampleRateHz()), model.newMemory(i)))
        .toList();
  }
}
