package io.undertone.model.torch.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** This test runs where there may be GPUs, but nowhere are there a thousand. */
class DeviceChoiceTest {
  private static final DeviceChoice MISSING = DeviceChoice.parse("gpu:999");

  @ParameterizedTest
  @CsvSource({"cpu, cpu", "gpu, gpu:0", "gpu:0, gpu:0", "gpu:7, gpu:7"})
  void readsANameAndWritesIt(String name, String written) {
    assertThat(DeviceChoice.parse(name)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cuda", "gpu:", "gpu:-1", "gpu:1000", "GPU", "cpu:0"})
  void refusesOtherNames(String name) {
    assertThatThrownBy(() -> DeviceChoice.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "device must be cpu, gpu (the first one) or gpu:N, such as gpu:1, but is '%s'", name);
  }

  @Test
  void theFirstGpuHasOneChoice() {
    assertThat(DeviceChoice.parse("gpu")).isEqualTo(new DeviceChoice(0));
    assertThatThrownBy(() -> new DeviceChoice(-2)).hasMessage("gpu must be at least -1, but is -2");
  }

  @Test
  void theProcessorIsAlwaysThere() {
    assertThatCode(DeviceChoice.CPU::requireHere).doesNotThrowAnyException();
    assertThat(DeviceChoice.CPU.find()).isEqualTo(Device.cpu());
  }

  @Test
  void aMissingDeviceIsRefusedWithWhatThereIs() {
    assertThatThrownBy(MISSING::requireHere)
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessageMatching(
            "device must be cpu( or gpu:0 to gpu:\\d+)?, but is gpu:999: PyTorch [\\d.]+ in this"
                + " process reaches \\d+ GPUs\\. A GPU needs NVIDIA's driver, and Undertone built"
                + " with Maven's profile cuda");
  }

  @Test
  void aMissingDeviceOpensNothing() {
    assertThatThrownBy(() -> TorchDevice.open(MISSING))
        .isInstanceOf(DeviceUnavailableException.class);
    assertThatThrownBy(() -> TorchDevice.open(MISSING, (device, manager) -> "made"))
        .isInstanceOf(DeviceUnavailableException.class);
  }
}
