package io.undertone.model.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three statistics, two labels, one voice value. */
class UtteranceHeadTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);

  @TempDir private Path directory;
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void followsTheFormulas() {
    device.run(
        () -> {
          UtteranceHead.save(directory, weights());
          UtteranceHead head = UtteranceHead.load(directory, 3, device.manager());
          // z = (3, -2, 0) and (0, 0, 4)
          List<float[]> statistics = List.of(new float[] {4, 1, 3}, new float[] {1, 2, 11});

          assertThat(head.labels()).isEqualTo(2);
          assertThat(head.voiceWidth()).isEqualTo(1);
          assertThat(head.logits(statistics)).isDeepEqualTo(new float[][] {{3.5f, 1}, {0.5f, 11}});
          assertThat(head.voice(statistics)).isDeepEqualTo(new float[][] {{-4}, {2}});
          assertThat(head.logits(statistics.get(1)))
              .containsExactly(new float[] {0.5f, 11}, TOLERANCE);
          assertThat(head.voice(statistics.get(1))).containsExactly(new float[] {2}, TOLERANCE);
        });
  }

  @Test
  void leavesNoArraysAndFreesItsOwn() {
    device.run(
        () -> {
          UtteranceHead.save(directory, weights());
          int before = device.liveArrays();
          UtteranceHead head = UtteranceHead.load(directory, 3, device.manager());
          int loaded = device.liveArrays();
          head.logits(new float[3]);
          head.voice(new float[3]);
          assertThat(device.liveArrays()).isEqualTo(loaded);
          head.close();
          assertThat(device.liveArrays()).isEqualTo(before);
        });
  }

  @Test
  void refusesStatisticsOfAnotherWidth() {
    device.run(
        () -> {
          UtteranceHead.save(directory, weights());
          UtteranceHead head = UtteranceHead.load(directory, 3, device.manager());

          assertThatThrownBy(() -> head.logits(new float[4]))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("statistics must be 3, but are 4");
        });
  }

  @Test
  void namesTheErrorInItsFile() {
    device.run(
        () -> {
          assertThat(UtteranceHead.isIn(directory)).isFalse();
          assertRefused(3, "file must exist");

          UtteranceHead.save(directory, weights());
          assertThat(UtteranceHead.isIn(directory)).isTrue();
          assertRefused(4, "tensor mean must have shape (4), but has (3)");

          Map<String, NDArray> weights = weights();
          weights.put("labels.bias", device.manager().zeros(new Shape(3)));
          UtteranceHead.save(directory, weights);
          assertRefused(3, "tensor labels.bias must have shape (2), but has (3)");

          weights.remove("voice.weight");
          UtteranceHead.save(directory, weights);
          assertRefused(3, "tensor voice.weight must be given");
        });
  }

  private void assertRefused(int statisticsWidth, String message) {
    assertThatThrownBy(() -> UtteranceHead.load(directory, statisticsWidth, device.manager()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("utterance-head.safetensors")
        .hasMessageContaining(message);
  }

  private Map<String, NDArray> weights() {
    Map<String, NDArray> weights = new HashMap<>();
    weights.put("mean", array(new Shape(3), 1, 2, 3));
    weights.put("scale", array(new Shape(3), 1, 2, 0.5f));
    weights.put("labels.weight", array(new Shape(2, 3), 1, 0, 0, 0, 1, 2));
    weights.put("labels.bias", array(new Shape(2), 0.5f, 3));
    weights.put("voice.weight", array(new Shape(1, 3), 0, 2, 0.5f));
    return weights;
  }

  private NDArray array(Shape shape, float... values) {
    return device.manager().create(values, shape);
  }
}
