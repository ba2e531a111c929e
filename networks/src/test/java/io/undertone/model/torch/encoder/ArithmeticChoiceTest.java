package io.undertone.model.torch.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.undertone.model.torch.device.ProductLibrary;
import org.junit.jupiter.api.Test;

class ArithmeticChoiceTest {
  private static final Device CPU = Device.cpu();
  private static final Device GPU = Device.gpu();

  @Test
  void autoIsTheFastestOnTheDevice() {
    assertThat(ArithmeticChoice.AUTO.on(CPU)).isEqualTo(Arithmetic.fastest(CPU));
    assertThat(ArithmeticChoice.AUTO.on(GPU)).isEqualTo(Arithmetic.FLOAT32);
  }

  @Test
  void anExplicitChoiceIsKeptOnEveryDevice() {
    for (Device device : new Device[] {CPU, GPU}) {
      assertThat(ArithmeticChoice.FLOAT32.on(device)).isEqualTo(Arithmetic.FLOAT32);
      assertThat(ArithmeticChoice.BF16.on(device)).isEqualTo(Arithmetic.BFLOAT16);
    }
  }

  @Test
  void aGpuNeverMultipliesWithALibraryOfProcessors() {
    for (Arithmetic arithmetic : Arithmetic.values()) {
      assertThat(arithmetic.products(GPU).library()).isEqualTo(ProductLibrary.PYTORCH);
    }
  }
}
