package io.undertone.model.torch.memory.lora;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Past;
import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.RotaryAngles;
import io.undertone.model.torch.memory.TokenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sequences that are read in parts, and in one. */
class KeptKeysTest {
  private static final Offset<Double> RELATIVE = Offset.offset(1e-5);
  private static final int PAD = 0;

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void readingAfterKeptKeysEqualsReadingAllAtOnce() {
    device.run(
        () -> {
          Llama llama = llama(3);
          List<int[]> first = List.of(new int[] {1, 2, 3, 4, 5, 6, 7}, new int[] {8, 9, 3});
          List<int[]> second = List.of(new int[] {11, 4}, new int[] {12, 5, 13});
          KeptKeys kept =
              KeptKeys.stack(record(llama, first, Past.NONE, new int[2]), device.manager());

          Past past = kept.last(new int[] {7, 7}, 0);
          NDArray stream = llama.forward(rows(second), Adapter.NONE, past);

          NDArray whole = llama.forward(rows(joined(first, second)), Adapter.NONE);
          assertThat(past.tokens()).isEqualTo(7);
          assertSame(stream.get("0, 0:2"), whole.get("0, 7:9"));
          assertSame(stream.get("1, 0:3"), whole.get("1, 3:6"));
        });
  }

  @Test
  void keysAreKeptFromReadingToReading() {
    device.run(
        () -> {
          Llama llama = llama(3);
          List<int[]> first = List.of(new int[] {1, 2, 3}, new int[] {8});
          List<int[]> second = List.of(new int[] {11}, new int[] {12, 5, 13});
          List<int[]> third = List.of(new int[] {6, 7}, new int[] {2, 14});
          List<NDArray> once = record(llama, first, Past.NONE, new int[2]);
          Past past = KeptKeys.stack(once, device.manager()).last(new int[] {3, 3}, 0);
          List<NDArray> twice = record(llama, second, past, new int[] {3, 1});

          NDArray stream =
              llama.forward(
                  rows(third),
                  Adapter.NONE,
                  KeptKeys.stack(twice, device.manager()).last(new int[] {9, 9}, 0));

          List<int[]> all = joined(joined(first, second), third);
          NDArray whole = llama.forward(rows(all), Adapter.NONE);
          assertSame(stream, whole.get(":, 4:6"));
        });
  }

  @Test
  void keysFitWhereverTheirTokensComeToStand() {
    device.run(
        () -> {
          // In the first layer keys know nothing of other tokens.
          Llama llama = llama(1);
          List<int[]> first = List.of(new int[] {1, 2, 3, 4, 5, 6}, new int[] {8, 9, 3});
          KeptKeys kept =
              KeptKeys.stack(record(llama, first, Past.NONE, new int[2]), device.manager());
          List<int[]> second = List.of(new int[] {7}, new int[] {7});

          NDArray stream =
              llama.forward(rows(second), Adapter.NONE, kept.last(new int[] {3, 1}, 1));

          NDArray longer = llama.forward(rows(List.of(new int[] {3, 4, 5, 7})), Adapter.NONE);
          NDArray shorter = llama.forward(rows(List.of(new int[] {9, 7})), Adapter.NONE);
          assertSame(stream.get("0, 0"), longer.get("0, 3"));
          assertSame(stream.get("1, 0"), shorter.get("0, 1"));
        });
  }

  @Test
  void keepingNothingGivesNoPast() {
    device.run(
        () -> {
          NDArray one = record(llama(1), List.of(new int[] {1}), Past.NONE, new int[1]).get(0);

          assertThat(KeptKeys.stack(List.of(one), device.manager()).last(new int[] {5}, 1))
              .isSameAs(Past.NONE);
        });
  }

  /** Weights that are large enough for attention to choose. */
  private Llama llama(int layers) {
    LlamaConfig config =
        new LlamaConfig(
            20, 16, layers, 24, new AttentionShape(4, 2, 4), new RotaryAngles(500), 1e-5, false);
    LlamaWeights weights = LlamaWeights.random(config, 7, device.manager());
    NDArray factor = device.manager().create(30f);
    weights
        .named()
        .forEach(
            (name, weight) -> {
              if (!name.contains("norm")) {
                weight.muli(factor);
              }
            });
    return new Llama(weights);
  }

  private List<NDArray> record(Llama llama, List<int[]> read, Past past, int[] pasts) {
    RecordedKeys recorded = new RecordedKeys(past);
    llama.forward(rows(read), Adapter.NONE, recorded);
    List<NDArray> keys = new ArrayList<>();
    for (int row = 0; row < read.size(); row++) {
      keys.add(recorded.row(row, pasts[row], read.get(row).length, device.manager()));
    }
    return keys;
  }

  private NDArray rows(List<int[]> tokens) {
    return new TokenRows(tokens).toArray(PAD, device.manager());
  }

  private static List<int[]> joined(List<int[]> first, List<int[]> second) {
    List<int[]> joined = new ArrayList<>();
    for (int row = 0; row < first.size(); row++) {
      int[] longer = Arrays.copyOf(first.get(row), first.get(row).length + second.get(row).length);
      System.arraycopy(second.get(row), 0, longer, first.get(row).length, second.get(row).length);
      joined.add(longer);
    }
    return joined;
  }

  private static void assertSame(NDArray actual, NDArray expected) {
    double difference = actual.sub(expected).norm().getFloat();
    assertThat(difference / expected.norm().getFloat()).isCloseTo(0, RELATIVE);
  }
}
