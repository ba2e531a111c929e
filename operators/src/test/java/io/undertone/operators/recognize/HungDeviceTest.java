package io.undertone.operators.recognize;

import static io.undertone.operators.recognize.RecognizeStage.call;
import static io.undertone.operators.recognize.RecognizeStage.utterance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.GatedModel;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.model.recognizer.DeviceHungException;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HungDeviceTest {
  /** A factory is serialized with the job graph, so it finds the test's model here. */
  private static GatedModel model = new GatedModel();

  private static final EmotionModelFactory MODELS = () -> ModelHandle.of(model);

  private static final RecognizeOptions OPTIONS =
      RecognizeOptions.defaults().withBatches(new BatchLimits(1, 0, 50));

  @Test
  void theJobEndsWithTheReasonAndIsNotRestarted() throws Exception {
    try (RecognizeStage stage = RecognizeStage.open(OPTIONS, MODELS)) {
      stage.take(utterance(call(1), 0, 0.1f));

      assertThatThrownBy(() -> stage.stage().awaitMail())
          .isInstanceOf(SuppressRestartsException.class)
          .hasCauseInstanceOf(DeviceHungException.class)
          .hasStackTraceContaining("must finish a batch within 50 ms, but has not");
    } finally {
      model.release(1);
    }
  }

  @Test
  void aTaskManagerEndsItsProcess() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TaskManager.class.getName())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("must finish a batch within 50 ms, but has not");
    assertThat(process.exitValue()).isEqualTo(HungDevice.EXIT_STATUS);
  }

  /** A process whose device hangs in the first batch. */
  static final class TaskManager {
    private TaskManager() {}

    public static void main(String[] arguments) throws Exception { // as the stage declares
      try (RecognizeStage stage =
          RecognizeStage.open(OPTIONS.withHungDevice(HungDevice.END_PROCESS), MODELS)) {
        stage.take(utterance(call(1), 0, 0.1f));
        stage.stage().drain();
      }
    }
  }
}
