package io.undertone.evaluation.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogitConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  @TempDir Path elsewhere;

  /** The folder of a model, and what transformers and peft compute of it. */
  @BeforeEach
  void makeTheFolder() throws IOException {
    Path source = TinyLlama.directory();
    for (String name : List.of("config.json", "model.safetensors")) {
      Files.copy(source.resolve("base").resolve(name), folder.resolve(name));
    }
    Path lora = Files.createDirectory(folder.resolve("emotion-lora"));
    for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Files.copy(source.resolve("emotion-lora").resolve(name), lora.resolve(name));
    }
    JSON.writeValue(expectedFile().toFile(), expected());
  }

  private Path expectedFile() {
    return elsewhere.resolve("expected.json");
  }

  private static ObjectNode expected() throws IOException {
    ObjectNode all =
        (ObjectNode) JSON.readTree(TinyLlama.directory().resolve("expected.json").toFile());
    ObjectNode expected = JSON.createObjectNode();
    expected.set("input_ids", all.get("input_ids"));
    expected.set("logits_last", all.get("emotion_logits_last"));
    return expected;
  }

  private LogitReport verify(Precision precision) {
    return LogitConformance.verify(folder, expectedFile(), precision, DeviceChoice.CPU);
  }

  @ParameterizedTest
  @EnumSource
  void computesWhatTheReferenceComputed(Precision precision) {
    LogitReport report = verify(precision);

    assertThat(report.maxLogitError()).isPositive().isLessThan(precision.tolerance());
    assertThat(report.passed()).isTrue();
  }

  @Test
  void aChangedLogitFails() throws IOException {
    ObjectNode changed = expected();
    ArrayNode first = (ArrayNode) changed.at("/logits_last/0");
    first.set(3, first.get(3).doubleValue() + 0.01);
    JSON.writeValue(expectedFile().toFile(), changed);

    LogitReport report = verify(Precision.FLOAT32);

    assertThat(report.passed()).isFalse();
    assertThat(report.maxLogitError()).isBetween(0.009, 0.011);
  }

  @Test
  void namesWhatTheReferenceLacks() throws IOException {
    JSON.writeValue(expectedFile().toFile(), expected().without("logits_last"));
    assertThatThrownBy(() -> verify(Precision.FLOAT32))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("expected.json: logits_last must be given");

    Files.delete(expectedFile());
    assertThatThrownBy(() -> verify(Precision.FLOAT32))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("expected.json: file must exist");
  }

  @Test
  void recognizesAModelByItsSettings() throws IOException {
    assertThat(LogitConformance.isModel(folder)).isFalse();

    Files.createFile(folder.resolve("undertone.json"));

    assertThat(LogitConformance.isModel(folder)).isTrue();
  }
}
