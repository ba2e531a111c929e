package io.undertone.model.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.model.EmotionModel;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.SmallMemoryModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OversizeBatchTest {
  private static final long FOREVER_MS = 86_400_000;
  private static final int HUGE = 100;

  /** An utterance takes 1 of the memory, a loud one as much as HUGE. */
  private final SmallMemoryModel model =
      new SmallMemoryModel(5, request -> request.utterance().samples()[0] > 0.9 ? HUGE : 1);

  private final AtomicLong nanos = new AtomicLong();
  private final DeviceThread thread = new DeviceThread("test-device");
  private final Recognizer recognizer = new Recognizer(model, thread, nanos::get);
  private final RecognizerClient client = recognizer.newClient(new BatchLimits(16, FOREVER_MS));

  @AfterEach
  void close() {
    client.close();
    thread.close();
    model.close();
  }

  @Test
  void aBatchThatDoesNotFitIsRepeatedInHalvesAndEveryMemoryLearnsOnce() {
    List<RecognitionRequest> requests = quiet(16);

    assertThat(recognize(requests)).isEqualTo(onALargeDevice(16));

    // One utterance of each oversize batch is recognized before the failure.
    assertThat(model.batches()).containsExactly(16, 8, 4, 4, 4, 2);
    assertThat(requests)
        .allSatisfy(request -> assertThat(request.memory().updateStep()).isEqualTo(1));
    assertThat(recognizer.oversizeBatches()).isEqualTo(2);
    assertThat(recognizer.failedBatches()).isZero();
  }

  @Test
  void theSizeThatFittedIsKeptForAWhile() {
    recognize(quiet(16));
    model.resize(1_000);
    int tried = model.batches().size();

    nanos.addAndGet(FittingBatches.KEPT.toNanos() - 1);
    recognize(quiet(16));
    assertThat(since(tried)).containsExactly(4, 4, 4, 4);

    nanos.incrementAndGet();
    recognize(quiet(16));
    assertThat(since(tried + 4)).containsExactly(8, 8);

    nanos.addAndGet(FittingBatches.KEPT.toNanos());
    recognize(quiet(16));
    assertThat(since(tried + 6)).containsExactly(16);
    assertThat(recognizer.oversizeBatches()).isEqualTo(2);
  }

  @Test
  void aSizeThatGrewAgainAndStillDoesNotFitIsLoweredAgain() {
    recognize(quiet(16));
    int tried = model.batches().size();
    nanos.addAndGet(FittingBatches.KEPT.toNanos());

    recognize(quiet(16));

    assertThat(since(tried)).containsExactly(8, 4, 4, 4, 3);
    assertThat(recognizer.oversizeBatches()).isEqualTo(3);
  }

  @Test
  void anUtteranceThatDoesNotFitAloneIsPoison() {
    List<RecognitionRequest> requests = List.of(request(1), request(2), loud(), request(3));

    List<CompletableFuture<Recognition>> results = submit(requests);

    assertThatThrownBy(results.get(2)::join)
        .hasCauseInstanceOf(UnrecognizableUtteranceException.class)
        .hasRootCauseMessage("100 of 5");
    assertThat(List.of(results.get(0), results.get(1), results.get(3)))
        .allSatisfy(result -> assertThat(result.join()).isNotNull());
    assertThat(requests.get(2).memory().updateStep()).isZero();
    assertThat(recognizer.failedBatches()).isEqualTo(1);
  }

  @Test
  void poisonLowersNoSizeForOthers() {
    submit(List.of(request(1), loud()))
        .forEach(result -> result.exceptionally(failure -> null).join());
    int tried = model.batches().size();

    recognize(quiet(4));

    assertThat(since(tried)).containsExactly(4);
  }

  @Test
  void aDeviceWithoutAnyMemoryLeftIsBroken() {
    model.resize(0);

    List<CompletableFuture<Recognition>> results = submit(quiet(4));

    assertThat(results)
        .allSatisfy(
            result ->
                assertThatThrownBy(result::join)
                    .hasCauseInstanceOf(OutOfDeviceMemoryException.class));
  }

  @Test
  void theSizeIsNeverBelowOneAndGrowsToNoLimit() {
    FittingBatches fitting = new FittingBatches(nanos::get);
    assertThat(fitting.most()).isEqualTo(Integer.MAX_VALUE);
    fitting.tooLarge(3);
    assertThat(fitting.most()).isEqualTo(1);
    fitting.tooLarge(1);
    assertThat(fitting.most()).isEqualTo(1);

    for (int doubled = 0; doubled < 31; doubled++) {
      nanos.addAndGet(Duration.ofMinutes(10).toNanos());
      fitting.most();
    }

    assertThat(fitting.most()).isEqualTo(Integer.MAX_VALUE);
  }

  private List<Integer> since(int tried) {
    return model.batches().subList(tried, model.batches().size());
  }

  private List<Recognition> recognize(List<RecognitionRequest> requests) {
    return submit(requests).stream().map(CompletableFuture::join).toList();
  }

  private List<CompletableFuture<Recognition>> submit(List<RecognitionRequest> requests) {
    List<CompletableFuture<Recognition>> results = requests.stream().map(client::submit).toList();
    client.flush();
    return results;
  }

  private List<RecognitionRequest> quiet(int count) {
    return IntStream.range(0, count).mapToObj(this::request).toList();
  }

  private RecognitionRequest request(int number) {
    return request(model, number / 100f);
  }

  private RecognitionRequest loud() {
    return request(model, 0.95f);
  }

  private static List<Recognition> onALargeDevice(int count) {
    FakeEmotionModel fake = new FakeEmotionModel("fake-1");
    return fake.recognize(
        IntStream.range(0, count).mapToObj(number -> request(fake, number / 100f)).toList());
  }

  private static RecognitionRequest request(EmotionModel model, float level) {
    float[] samples = new float[800];
    Arrays.fill(samples, level);
    return new RecognitionRequest(
        new Pcm(samples, FakeEmotionModel.SAMPLE_RATE_HZ), model.newMemory(0));
  }
}
