package io.undertone.model.torch.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.DeviceExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StateArraysTest {
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void whatCannotBeMadeLeavesNoArrays() {
    NDManager parent = device.manager();
    int before = device.liveArrays();

    assertThatThrownBy(
            () ->
                device.run(
                    () ->
                        StateArrays.owned(
                            parent,
                            manager -> {
                              NDArray made = manager.zeros(new Shape(2));
                              throw new IllegalStateException("no memory after " + made.size());
                            })))
        .hasMessage("no memory after 2");

    assertThat(device.liveArrays()).isEqualTo(before);
  }

  @Test
  void whatIsMadeOwnsItsArrays() {
    int before = device.liveArrays();

    NDManager owned =
        device.call(
            () ->
                StateArrays.owned(
                    device.manager(),
                    manager -> {
                      manager.zeros(new Shape(2));
                      return manager;
                    }));

    assertThat(device.liveArrays()).isEqualTo(before + 1);
    device.run(owned::close);
    assertThat(device.liveArrays()).isEqualTo(before);
  }
}
