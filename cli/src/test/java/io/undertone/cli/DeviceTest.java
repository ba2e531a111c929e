package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The option for the device, in every command that computes with a model. */
class DeviceTest {
  /** No machine has it. */
  private static final String MISSING = "gpu:999";

  @TempDir static Path folder;

  private static String model = "";
  private static Path manifest = Path.of("");

  @BeforeAll
  static void writeInput() throws IOException {
    model = CommandRun.modelIn(folder);
    manifest = Files.writeString(folder.resolve("manifest.csv"), "not read before the device");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classify ../demo/calls/lost-parcel.flac --model MODEL",
        "demo --model MODEL",
        "job --model-dir MODEL",
        "bench --model MODEL",
        "bench --soak 6 --model MODEL",
        "evaluate --recordings ../demo/calls/lost-parcel.flac --model MODEL",
        "train --manifest MANIFEST --encoder FOLDER --out OUT",
        "leave-one-out --manifest MANIFEST --encoder FOLDER --work OUT",
        "verify-model ../networks/src/test/resources/tiny-llama"
      })
  void aDeviceThatIsNotThereIsRefusedBeforeAnyWork(String command) {
    String given =
        command
            .replace("MODEL", model)
            .replace("MANIFEST", manifest.toString())
            .replace("FOLDER", folder.toString())
            .replace("OUT", folder.resolve("out").toString());

    CommandRun run = with(MISSING, given.split(" "));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .matches(
            "undertone: --device must be cpu.*, but is gpu:999: PyTorch .* reaches \\d+ GPUs\\. A"
                + " GPU needs NVIDIA's driver, and Undertone built with Maven's profile cuda.*");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesThatThereAre() {
    String expected = "must be cpu, gpu (the first one) or gpu:N, such as gpu:1, but is 'cuda'";

    assertThat(with("cuda", "verify-model", model).err())
        .singleElement()
        .asString()
        .contains("--device", expected);
    assertThat(with("cuda", "job", "--model-dir", model).err())
        .singleElement()
        .asString()
        .contains("--device " + expected);
  }

  private static CommandRun with(String device, String... command) {
    return CommandRun.of(
        Stream.of(List.of(command), List.of("--device", device))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }
}
