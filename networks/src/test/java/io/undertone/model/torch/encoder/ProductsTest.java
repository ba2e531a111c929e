package io.undertone.model.torch.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.device.ProductLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProductsTest {
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void bothLibrariesComputeTheSameInFloat32() {
    device.run(
        () -> {
          assertThat(error(new Products(Products.FLOAT32, ProductLibrary.PYTORCH)))
              .isLessThan(1e-5);
          assertThat(error(new Products(Products.FLOAT32, ProductLibrary.ONE_DNN)))
              .isLessThan(1e-5);
        });
  }

  @Test
  void bfloat16RoundsToEightBits() {
    device.run(
        () -> {
          assertThat(error(new Products(Products.BFLOAT16, ProductLibrary.PYTORCH)))
              .isBetween(1e-4, 0.01);
          assertThat(error(Products.bfloat16(Device.cpu()))).isBetween(1e-4, 0.01);
        });
  }

  /** Norm of the difference from DJL's float32 linear map with GELU, relative to its norm. */
  private double error(Products products) {
    NDManager manager = device.manager();
    NDArray rows = manager.randomNormal(new Shape(37, 96));
    NDArray weight = manager.randomNormal(new Shape(160, 96));
    NDArray bias = manager.randomNormal(new Shape(160));
    NDArray expected =
        Linear.linear(rows, weight, bias).singletonOrThrow().getNDArrayInternal().gelu();

    NDArray actual = new LinearGelu(new Affine(weight, bias), products).of(rows);

    return actual.sub(expected).norm().getFloat() / expected.norm().getFloat();
  }
}
