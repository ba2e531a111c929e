package io.undertone.model.torch.device;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.BidirectionalGru.Direction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BidirectionalGruTest {
  private static final int IN = 3;
  private static final int WIDTH = 4;

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void computesWhatPyTorchsRecurrentLayerDoes() {
    device.run(
        () -> {
          NDManager manager = device.manager();
          Direction forward = random(manager);
          Direction backward = random(manager);
          NDArray rows = manager.randomNormal(new Shape(2, 5, IN));
          NDArray reversed = manager.create(new long[][] {{4, 3, 2, 1, 0}, {9, 8, 7, 6, 5}});

          NDArray outputs = new BidirectionalGru(forward, backward, manager).of(rows, reversed);

          assertThat(outputs.toFloatArray())
              .containsExactly(
                  reference(rows, forward, backward).toFloatArray(), Offset.offset(1e-6f));
        });
  }

  @Test
  void anUtteranceInAPaddedBatchGivesWhatItGivesAlone() {
    device.run(
        () -> {
          NDManager manager = device.manager();
          BidirectionalGru gru = new BidirectionalGru(random(manager), random(manager), manager);
          NDArray rows = manager.randomNormal(new Shape(2, 5, IN));
          NDArray shorter = rows.get("1:2, 0:3");

          NDArray together =
              gru.of(rows, manager.create(new long[][] {{4, 3, 2, 1, 0}, {7, 6, 5, 8, 9}}));
          NDArray alone = gru.of(shorter, manager.create(new long[][] {{2, 1, 0}}));

          assertThat(together.get("1:2, 0:3").toFloatArray())
              .containsExactly(alone.toFloatArray(), Offset.offset(1e-6f));
        });
  }

  private static Direction random(NDManager manager) {
    return new Direction(
        manager.randomNormal(new Shape(3 * WIDTH, IN)),
        manager.randomNormal(new Shape(3 * WIDTH, WIDTH)),
        manager.randomNormal(new Shape(3 * WIDTH)),
        manager.randomNormal(new Shape(3 * WIDTH)));
  }

  private static NDArray reference(NDArray rows, Direction forward, Direction backward) {
    NDList weights = new NDList();
    for (Direction one : new Direction[] {forward, backward}) {
      weights.add(one.fromInput());
      weights.add(one.fromState());
      weights.add(one.inputBias());
      weights.add(one.stateBias());
    }
    NDArray start = rows.getManager().zeros(new Shape(2, rows.getShape().get(0), WIDTH));
    return rows.getNDArrayInternal().gru(rows, start, weights, true, 1, 0, true, true, true).get(0);
  }
}
