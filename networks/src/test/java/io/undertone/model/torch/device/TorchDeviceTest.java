package io.undertone.model.torch.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class TorchDeviceTest {

  @Test
  void oneThreadDoesAllWorkOfADevice() {
    try (TorchDevice first = TorchDevice.openCpu();
        TorchDevice second = TorchDevice.openCpu()) {
      Thread owner = first.call(Thread::currentThread);

      assertThat(owner).isNotSameAs(Thread.currentThread());
      assertThat(second.call(Thread::currentThread)).isSameAs(owner);
      assertThat(first.call(() -> second.call(Thread::currentThread))).isSameAs(owner);
    }
  }

  @Test
  void theOwnerThreadHoldsNoClassesOfTheJobThatStartedIt() throws IOException {
    Thread opener = Thread.currentThread();
    ClassLoader own = opener.getContextClassLoader();
    try (URLClassLoader ofJob = new URLClassLoader(new URL[0], own)) {
      opener.setContextClassLoader(ofJob);
      try (TorchDevice device = TorchDevice.openCpu()) {
        assertThat(device.<ClassLoader>call(() -> Thread.currentThread().getContextClassLoader()))
            .isSameAs(TorchDevice.class.getClassLoader());
      }
    } finally {
      opener.setContextClassLoader(own);
    }
  }

  @Test
  void worksUntilItsLastUserCloses() {
    TorchDevice first = TorchDevice.openCpu();
    TorchDevice second = TorchDevice.openCpu();
    first.close();

    assertThat(second.call(() -> 42)).isEqualTo(42);
    second.close();

    try (TorchDevice again = TorchDevice.openCpu()) {
      assertThat(again.call(() -> 43)).isEqualTo(43);
    }
  }

  @Test
  void failuresReachTheCallerUnwrapped() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      IllegalStateException failure = new IllegalStateException("lost");

      assertThatThrownBy(
              () ->
                  device.run(
                      () -> {
                        throw failure;
                      }))
          .isSameAs(failure);
    }
  }

  @Test
  void gradientsAreOnDuringABackwardPassOnly() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            assertThat(JniUtils.isGradMode()).isFalse();
            try (NDManager step = device.newManager()) {
              NDArray weights = step.create(new float[] {1, 2});
              weights.setRequiresGradient(true);
              Backward backward = new Backward(() -> assertThat(JniUtils.isGradMode()).isTrue());

              NDArray losses = backward.of(weights::square);

              assertThat(losses.toFloatArray()).containsExactly(1, 4);
              assertThat(weights.getGradient().toFloatArray()).containsExactly(2, 4);
              assertThatThrownBy(
                      () ->
                          new Backward()
                              .of(
                                  () -> {
                                    throw new IllegalStateException("in the forward pass");
                                  }))
                  .hasMessage("in the forward pass");
              assertThat(JniUtils.isGradMode()).isFalse();
            }
          });
    }
  }

  @Test
  void countsLiveArrays() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      int before = device.liveArrays();
      NDManager manager = device.newManager();
      device.run(() -> manager.ones(new Shape(3)));
      assertThat(device.liveArrays()).isEqualTo(before + 1);

      device.run(manager::close);
      assertThat(device.liveArrays()).isEqualTo(before);
    }
  }

  @Test
  void anOperationUsesOneThreadByDefault() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      assertThat(device.call(JniUtils::getNumThreads)).isEqualTo(1);
      assertThat(device.call(JniUtils::getNumInteropThreads)).isEqualTo(1);
    }
  }
}
