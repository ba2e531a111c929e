package io.undertone.evaluation.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelConformanceTest {
  @TempDir Path copy;

  @BeforeEach
  void copyTheModel() throws IOException {
    Path source = TinyLlama.directory();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  @Test
  void computesWhatTheReferenceComputed() {
    ConformanceReport report = ModelConformance.verify(copy);

    assertThat(report.maxLogitError()).isLessThan(ConformanceReport.TOLERANCE);
    assertThat(report.maxLossError()).isLessThan(ConformanceReport.TOLERANCE);
    assertThat(report.maxProbabilityError()).isLessThan(ConformanceReport.TOLERANCE);
    assertThat(report.maxLoraError()).isLessThan(ConformanceReport.TOLERANCE);
    assertThat(report.passed()).isTrue();
  }

  @Test
  void garbageCollectionBetweenThePassesChangesNothing() {
    AtomicInteger collections = new AtomicInteger();
    Runnable collect =
        () -> {
          System.gc();
          // Memory that was freed by mistake is written over.
          for (int i = 0; i < 200; i++) {
            ByteBuffer.allocateDirect(64 + i).order(ByteOrder.nativeOrder()).putFloat(0, i);
          }
          collections.incrementAndGet();
        };

    ConformanceReport report = ModelConformance.verify(copy, new Backward(collect));

    assertThat(collections).hasValue(6);
    assertThat(report).isEqualTo(ModelConformance.verify(copy));
    assertThat(report.passed()).isTrue();
  }

  @Test
  void aChangedWeightFails() throws IOException {
    changeFirstValue(copy.resolve("base/model.safetensors"), 3f);

    ConformanceReport report = ModelConformance.verify(copy);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLogitError()).isGreaterThan(ConformanceReport.TOLERANCE);
  }

  @Test
  void aNanWeightFails() throws IOException {
    changeFirstValue(copy.resolve("base/model.safetensors"), Float.NaN);

    ConformanceReport report = ModelConformance.verify(copy);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLogitError()).isNaN();
  }

  @Test
  void aChangedExpectationFails() throws IOException {
    Path file = copy.resolve("expected.json");
    Files.writeString(file, Files.readString(file).replace("\"lora_l2\": 5.2", "\"lora_l2\": 5.3"));

    ConformanceReport report = ModelConformance.verify(copy);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLoraError()).isGreaterThan(0.05);
    assertThat(report.maxLossError()).isLessThan(ConformanceReport.TOLERANCE);
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    Files.delete(copy.resolve("temp-lora-adamw.safetensors"));

    assertThatThrownBy(() -> ModelConformance.verify(copy))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("temp-lora-adamw.safetensors: file must exist");
  }

  @Test
  void namesInvalidExpectations() throws IOException {
    Path file = copy.resolve("expected.json");
    String json = Files.readString(file);

    Files.writeString(file, json.replace("\"lr\": 0.005", "\"lr\": \"fast\""));
    assertThatThrownBy(() -> ModelConformance.verify(copy))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("temporary_lora.lr must be a number")
        .hasMessageContaining("fast");

    Files.writeString(file, json.replace("\"grad_norm\"", "\"norm\""));
    assertThatThrownBy(() -> ModelConformance.verify(copy))
        .hasMessageContaining("steps[0].grad_norm must be given");

    Files.writeString(file, json.replaceFirst("\"sentence\": \\[\\s*41", "\"sentence\": [ 1041"));
    assertThatThrownBy(() -> ModelConformance.verify(copy))
        .hasMessageContaining("steps[0].sentence must be at least one token from 0 to 103");

    Files.writeString(file, json.replace("\"r\": 4", "\"r\": 5"));
    assertThatThrownBy(() -> ModelConformance.verify(copy))
        .hasMessageContaining("temp-lora-init.safetensors: tensor")
        .hasMessageContaining("must have shape (5, 64), but has (4, 64)");

    Files.writeString(file, "{");
    assertThatThrownBy(() -> ModelConformance.verify(copy)).hasMessageContaining("must be JSON");
  }

  private static void changeFirstValue(Path file, float value) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int data = (int) (Long.BYTES + buffer.getLong(0));
    buffer.putFloat(data, value);
    Files.write(file, bytes);
  }
}
