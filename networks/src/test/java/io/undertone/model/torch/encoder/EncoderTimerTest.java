package io.undertone.model.torch.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EncoderTimerTest {
  @TempDir Path directory;
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void timesAnEncoderAndFreesAllArrays() {
    device.run(() -> SmallEncoder.write(directory, device.manager()));
    int before = device.liveArrays();

    try (EncoderTimer timer =
        EncoderTimer.open(directory, 2, Arithmetic.FLOAT32, DeviceChoice.CPU)) {
      assertThat(timer.coreMs(List.of(SmallEncoder.mel(80)), List.of(1, 2))).isPositive();
    }

    assertThat(device.liveArrays()).isEqualTo(before);
  }

  @Test
  void refusesMoreLayersThanTheEncoderHas() {
    device.run(() -> SmallEncoder.write(directory, device.manager()));
    int before = device.liveArrays();

    assertThatThrownBy(() -> EncoderTimer.open(directory, 4, Arithmetic.FLOAT32, DeviceChoice.CPU))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("layers must be from 1 to 3, but are 4");
    assertThat(device.liveArrays()).isEqualTo(before);
  }
}
