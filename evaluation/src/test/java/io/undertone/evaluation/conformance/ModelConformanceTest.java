package io.undertone.evaluation.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.DeviceChoice;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelConformanceTest {
  private static final double TOLERANCE = Precision.FLOAT32.tolerance();

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

  private ConformanceReport verify(Precision precision) {
    return ModelConformance.verify(copy, precision, DeviceChoice.CPU);
  }

  @Test
  void computesWhatTheReferenceComputed() {
    ConformanceReport report = verify(Precision.FLOAT32);

    assertThat(report.maxLogitError()).isLessThan(TOLERANCE);
    assertThat(report.maxLossError()).isLessThan(TOLERANCE);
    assertThat(report.maxProbabilityError()).isLessThan(TOLERANCE);
    assertThat(report.maxLoraError()).isLessThan(TOLERANCE);
    assertThat(report.passed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"BFLOAT16, 3e-3", "FLOAT16, 3e-4"})
  void halfOfTheMemoryIsWithinItsToleranceAndNotExact(Precision precision, double least) {
    ConformanceReport report = verify(precision);

    assertThat(report.tolerance()).isEqualTo(precision.tolerance());
    assertThat(report.maxLogitError()).isBetween(least, precision.tolerance());
    assertThat(report.maxLossError()).isBetween(0.0, precision.tolerance());
    assertThat(report.maxProbabilityError()).isBetween(0.0, precision.tolerance());
    assertThat(report.maxLoraError()).isBetween(precision.tolerance(), precision.loraTolerance());
    assertThat(report.passed()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aChangedLossFailsInEachPrecision(Precision precision) throws IOException {
    Path file = copy.resolve("expected.json");
    Files.writeString(file, Files.readString(file).replace("\"loss\": 4.5", "\"loss\": 5.5"));

    ConformanceReport report = verify(precision);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLossError()).isGreaterThan(precision.tolerance());
    assertThat(report.maxLogitError()).isLessThan(precision.tolerance());
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
    assertThat(report).isEqualTo(verify(Precision.FLOAT32));
    assertThat(report.passed()).isTrue();
  }

  @Test
  void aChangedWeightFails() throws IOException {
    changeFirstValue(copy.resolve("base/model.safetensors"), 3f);

    ConformanceReport report = verify(Precision.FLOAT32);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLogitError()).isGreaterThan(TOLERANCE);
  }

  @Test
  void aNanWeightFails() throws IOException {
    changeFirstValue(copy.resolve("base/model.safetensors"), Float.NaN);

    ConformanceReport report = verify(Precision.FLOAT32);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLogitError()).isNaN();
  }

  @Test
  void aChangedExpectationFails() throws IOException {
    Path file = copy.resolve("expected.json");
    Files.writeString(file, Files.readString(file).replace("\"lora_l2\": 5.2", "\"lora_l2\": 5.3"));

    ConformanceReport report = verify(Precision.FLOAT32);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLoraError()).isGreaterThan(0.05);
    assertThat(report.maxLossError()).isLessThan(TOLERANCE);
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    Files.delete(copy.resolve("temp-lora-adamw.safetensors"));

    assertThatThrownBy(() -> verify(Precision.FLOAT32))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("temp-lora-adamw.safetensors: file must exist");
  }

  @Test
  void namesInvalidExpectations() throws IOException {
    Path file = copy.resolve("expected.json");
    String json = Files.readString(file);

    Files.writeString(file, json.replace("\"lr\": 0.005", "\"lr\": \"fast\""));
    assertThatThrownBy(() -> verify(Precision.FLOAT32))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("temporary_lora.lr must be a number")
        .hasMessageContaining("fast");

    Files.writeString(file, json.replace("\"grad_norm\"", "\"norm\""));
    assertThatThrownBy(() -> verify(Precision.FLOAT32))
        .hasMessageContaining("steps[0].grad_norm must be given");

    Files.writeString(file, json.replaceFirst("\"sentence\": \\[\\s*41", "\"sentence\": [ 1041"));
    assertThatThrownBy(() -> verify(Precision.FLOAT32))
        .hasMessageContaining("steps[0].sentence must be at least one token from 0 to 103");

    Files.writeString(file, json.replace("\"r\": 4", "\"r\": 5"));
    assertThatThrownBy(() -> verify(Precision.FLOAT32))
        .hasMessageContaining("temp-lora-init.safetensors: tensor")
        .hasMessageContaining("must have shape (5, 64), but has (4, 64)");

    Files.writeString(file, "{");
    assertThatThrownBy(() -> verify(Precision.FLOAT32)).hasMessageContaining("must be JSON");
  }

  private static void changeFirstValue(Path file, float value) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int data = (int) (Long.BYTES + buffer.getLong(0));
    buffer.putFloat(data, value);
    Files.write(file, bytes);
  }
}
