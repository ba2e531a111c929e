package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecognitionQueueTest {
  private static final long FOREVER_MS = 86_400_000;
  private static final int MANY = 1_000;

  private final GatedModel model = new GatedModel();

  @AfterEach
  void closeModel() {
    model.letThrough(MANY);
    model.close();
  }

  @Test
  void aFullBatchWaitsForNothing() {
    model.letThrough(MANY);
    try (RecognitionLine line = model.openLine(new BatchLimits(3, FOREVER_MS))) {
      hear(line, 6).forEach(CompletableFuture::join);

      assertThat(model.batchSizes()).containsExactly(3, 3);
    }
  }

  @Test
  void aBatchThatIsNotFullWaitsNoLongerThanItsBound() {
    model.letThrough(MANY);
    try (RecognitionLine line = model.openLine(new BatchLimits(MANY, 1))) {
      assertThat(hear(line, 2)).allSatisfy(result -> assertThat(result.join()).isNotNull());
    }
  }

  @Test
  void aFlushWaitsForNothing() {
    model.letThrough(MANY);
    try (RecognitionLine line = model.openLine(new BatchLimits(4, FOREVER_MS))) {
      List<CompletableFuture<Recognition>> results = hear(line, 6);
      line.flush();
      results.forEach(CompletableFuture::join);

      assertThat(model.batchSizes()).containsExactly(4, 2);
    }
  }

  @Test
  void whatComesWhileABatchIsHeardGathers() {
    try (RecognitionLine line = model.openLine(new BatchLimits(MANY, 0))) {
      List<CompletableFuture<Recognition>> results = new ArrayList<>(hear(line, 1));
      model.awaitBatch();
      results.addAll(hear(line, 5));
      model.letThrough(MANY);
      results.forEach(CompletableFuture::join);

      assertThat(model.batchSizes()).containsExactly(1, 5);
    }
  }

  @Test
  void linesShareABatchAndTakeTurnsInIt() {
    BatchLimits limits = new BatchLimits(4, 0);
    try (RecognitionLine first = model.openLine(limits);
        RecognitionLine second = model.openLine(limits)) {
      hear(first, 1);
      model.awaitBatch();
      List<RecognitionRequest> backlog = requests(10);
      List<RecognitionRequest> few = requests(2);
      List<CompletableFuture<Recognition>> results = new ArrayList<>();
      backlog.forEach(request -> results.add(first.hear(request)));
      few.forEach(request -> results.add(second.hear(request)));
      model.letThrough(MANY);
      results.forEach(CompletableFuture::join);

      assertThat(model.batches().get(1))
          .containsExactly(backlog.get(0), few.get(0), backlog.get(1), few.get(1));
      assertThat(model.batchSizes()).containsExactly(1, 4, 4, 4);
    }
  }

  @Test
  void eachRequestGetsWhatItWouldGetAlone() {
    model.letThrough(MANY);
    List<RecognitionRequest> requests = requests(5);
    List<Recognition> alone = model.recognize(requests(5));
    try (RecognitionLine line = model.openLine(new BatchLimits(2, FOREVER_MS))) {
      List<CompletableFuture<Recognition>> results = requests.stream().map(line::hear).toList();
      line.flush();

      assertThat(results).extracting(CompletableFuture::join).isEqualTo(alone);
    }
  }

  @Test
  void whatTheModelThrowsAllOfTheBatchAreGivenAndTheNextBatchIsHeard() {
    model.letThrough(MANY);
    try (RecognitionLine line = model.openLine(new BatchLimits(2, FOREVER_MS))) {
      CompletableFuture<Recognition> good = line.hear(requests(1).get(0));
      Pcm empty = new Pcm(new float[0], model.sampleRateHz());
      CompletableFuture<Recognition> bad =
          line.hear(new RecognitionRequest(empty, model.newMemory(0)));

      assertThatThrownBy(good::join).hasCauseInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(bad::join).hasStackTraceContaining("utterance must have at least");
      assertThat(hear(line, 2)).allSatisfy(result -> assertThat(result.join()).isNotNull());
    }
  }

  @Test
  void aSnapshotIsTakenBetweenBatches() {
    try (RecognitionLine line = model.openLine(new BatchLimits(1, 0))) {
      RecognitionRequest request = requests(1).get(0);
      CompletableFuture<Recognition> heard = line.hear(request);
      model.awaitBatch();
      CompletableFuture<List<MemorySnapshot>> snapshots = line.snapshots(List.of(request.memory()));
      assertThat(snapshots).isNotDone();
      model.letThrough(1);

      assertThat(snapshots.join()).extracting(MemorySnapshot::updateStep).containsExactly(1);
      assertThat(heard).isDone();
    }
  }

  @Test
  void aClosedLineTakesBackWhatWaits() {
    model.letThrough(MANY);
    BatchLimits limits = new BatchLimits(MANY, FOREVER_MS);
    try (RecognitionLine other = model.openLine(limits)) {
      RecognitionLine line = model.openLine(limits);
      List<CompletableFuture<Recognition>> takenBack = hear(line, 3);
      List<CompletableFuture<Recognition>> ofOther = hear(other, 2);
      assertThat(other.waiting()).isEqualTo(5);
      line.close();
      assertThat(other.waiting()).isEqualTo(2);
      other.flush();
      ofOther.forEach(CompletableFuture::join);

      assertThat(model.batchSizes()).containsExactly(2);
      assertThat(takenBack).noneMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void aLineIsClosedWhenNothingOfItIsHeardAnyMore() {
    RecognitionLine line = model.openLine(new BatchLimits(1, 0));
    CompletableFuture<Recognition> result = hear(line, 1).get(0);
    model.awaitBatch();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(line::close);
    assertThat(closing).isNotDone();

    model.letThrough(1);
    closing.join();
    assertThat(result).isDone();
  }

  @Test
  void limitsMustBePossible() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchLimits(0, 1))
        .withMessage("utterances must be at least 1, but are 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchLimits(1, -1))
        .withMessage("waitMs must be at least 0, but is -1");
  }

  private List<CompletableFuture<Recognition>> hear(RecognitionLine line, int count) {
    return requests(count).stream().map(line::hear).toList();
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
