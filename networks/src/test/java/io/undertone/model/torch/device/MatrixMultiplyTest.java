package io.undertone.model.torch.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MatrixMultiplyTest {
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void timesProductsAndFreesAllArrays() {
    int before = device.liveArrays();

    try (MatrixMultiply product = MatrixMultiply.open(DeviceChoice.CPU)) {
      assertThat(product.gflops()).isPositive();
    }

    assertThat(device.liveArrays()).isEqualTo(before);
  }
}
