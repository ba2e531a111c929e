package io.undertone.model.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionModel;
import io.undertone.model.FakeEmotionModel;
import io.undertone.model.PoisonModel;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailedBatchTest {
  private static final long FOREVER_MS = 86_400_000;

  private final PoisonModel model = new PoisonModel();
  private final DeviceThread thread = new DeviceThread("test-device");
  private final Recognizer recognizer = new Recognizer(model, thread);
  private final RecognizerClient client = recognizer.newClient(new BatchLimits(32, FOREVER_MS));

  @AfterEach
  void close() {
    client.close();
    thread.close();
    model.close();
  }

  @Test
  void onlyThePoisonOfABatchFailsAndEveryMemoryLearnsOnce() {
    List<RecognitionRequest> requests =
        IntStream.range(0, 32)
            .mapToObj(i -> request(model, i == 20 ? PoisonModel.POISON : i))
            .toList();

    List<CompletableFuture<Recognition>> results = requests.stream().map(client::submit).toList();

    for (int i = 0; i < requests.size(); i++) {
      if (i == 20) {
        assertThatThrownBy(results.get(i)::join)
            .hasCauseInstanceOf(UnrecognizableUtteranceException.class)
            .hasStackTraceContaining("poison");
      } else {
        assertThat(results.get(i).join()).isEqualTo(alone(i));
      }
      assertThat(requests.get(i).memory().updateStep()).isEqualTo(i == 20 ? 0 : 1);
    }
    assertThat(recognizer.failedBatches()).isEqualTo(1);
    requests.forEach(request -> request.memory().close());
    assertThat(model.openMemories()).isZero();
  }

  @Test
  void aMemoryGoesOnAsIfItHadNotMetThePoison() {
    try (ChannelMemory memory = model.newMemory(0)) {
      recognize(new RecognitionRequest(utterance(1), memory));
      assertThatThrownBy(
              () -> recognize(new RecognitionRequest(utterance(PoisonModel.POISON), memory)))
          .hasCauseInstanceOf(UnrecognizableUtteranceException.class);
      Recognition second = recognize(new RecognitionRequest(utterance(2), memory));

      try (ChannelMemory undisturbed = model.newMemory(0)) {
        recognize(new RecognitionRequest(utterance(1), undisturbed));
        assertThat(second).isEqualTo(recognize(new RecognitionRequest(utterance(2), undisturbed)));
      }
    }
  }

  @Test
  void aModelThatFailsOnEverythingIsBrokenAndNoUtteranceIsToBlame() {
    IllegalStateException gone = new IllegalStateException("the device is gone");
    model.breakDown(gone);

    assertThatThrownBy(() -> recognize(request(model, 1))).hasCause(gone);
  }

  @Test
  void anErrorIsNotRepeated() {
    OutOfMemoryError error = new OutOfMemoryError("of the device");
    model.breakDown(error);

    assertThatThrownBy(() -> recognize(request(model, 1))).hasCause(error);
    assertThat(recognizer.failedBatches()).isZero();
  }

  private Recognition recognize(RecognitionRequest request) {
    CompletableFuture<Recognition> result = client.submit(request);
    client.flush();
    return result.join();
  }

  private static Recognition alone(int number) {
    FakeEmotionModel fake = new FakeEmotionModel("fake-1");
    return fake.recognize(List.of(request(fake, number))).get(0);
  }

  private static RecognitionRequest request(EmotionModel model, float number) {
    return new RecognitionRequest(utterance(number), model.newMemory(0));
  }

  private static Pcm utterance(float number) {
    float[] samples = new float[800];
    Arrays.fill(samples, number == PoisonModel.POISON ? number : number / 100);
    return new Pcm(samples, FakeEmotionModel.SAMPLE_RATE_HZ);
  }
}
