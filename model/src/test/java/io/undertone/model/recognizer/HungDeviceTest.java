package io.undertone.model.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.GatedModel;
import io.undertone.model.RecognitionRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HungDeviceTest {
  private static final long DEADLINE_MS = 20;
  private static final String MESSAGE =
      "the device of thread test-device must finish a batch within 20 ms, but has not; this process"
          + " cannot use it again";

  private final GatedModel model = new GatedModel();
  private final DeviceThread thread = new DeviceThread("test-device");
  private final Recognizer recognizer = new Recognizer(model, thread);

  @AfterEach
  void letTheDeviceGo() {
    model.release(1_000);
    thread.close();
    model.close();
  }

  @Test
  void allResultsFailWithTheDeadline() {
    RecognizerClient client = recognizer.newClient(new BatchLimits(1, 0, DEADLINE_MS));
    RecognizerClient other = recognizer.newClient(new BatchLimits(1, 0));
    ChannelMemory memory = model.newMemory(0);
    List<CompletableFuture<?>> results =
        List.of(
            client.submit(request()),
            client.submit(request()),
            other.submit(request()),
            client.snapshots(List.of(memory)));

    assertThat(results)
        .allSatisfy(
            result ->
                assertThatThrownBy(result::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(DeviceHungException.class)
                    .hasMessage(MESSAGE));
    client.close();
    other.close();
  }

  @Test
  void laterWorkFailsAtOnce() {
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(1, 0, DEADLINE_MS))) {
      assertThatThrownBy(client.submit(request())::join).hasStackTraceContaining(MESSAGE);

      assertThat(client.submit(request())).isCompletedExceptionally();
      assertThatThrownBy(() -> thread.call(() -> 1)).hasMessage(MESSAGE);
    }
  }

  @Test
  void clientsThatAreOpenLearnOfItBeforeResultsFail() {
    CompletableFuture<DeviceHungException> called = new CompletableFuture<>();
    CompletableFuture<DeviceHungException> calledAfterClose = new CompletableFuture<>();
    recognizer.newClient(new BatchLimits(1, 0), calledAfterClose::complete).close();
    try (RecognizerClient client =
        recognizer.newClient(new BatchLimits(1, 0, DEADLINE_MS), called::complete)) {
      assertThatThrownBy(client.submit(request())::join).hasStackTraceContaining(MESSAGE);

      assertThat(called).isDone();
      assertThat(calledAfterClose).isNotDone();
    }
  }

  @Test
  void aBatchInTimeHasNoConsequence() {
    model.release(1);
    try (RecognizerClient client = recognizer.newClient(new BatchLimits(1, 0, 10_000))) {
      assertThat(client.submit(request()).join()).isNotNull();
    }
  }

  private RecognitionRequest request() {
    return new RecognitionRequest(
        new Pcm(new float[800], FakeEmotionModel.SAMPLE_RATE_HZ), model.newMemory(0));
  }
}
