package io.undertone.model.torch.llama;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.RotaryAngles;
import io.undertone.model.torch.llama.config.RotaryScaling;
import io.undertone.model.torch.llama.peft.EmotionLora;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlamaTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(2e-4f);

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void givesTheReferenceLogits() {
    JsonObject expected = TinyLlama.expected();
    device.run(
        () -> {
          LlamaWeights weights = LlamaWeights.load(TinyLlama.base(), device.manager());
          check(weights, expected.numberLists("base_logits_last"), expected, "base_logits_sum");
          EmotionLora.open(TinyLlama.directory().resolve("emotion-lora")).mergeInto(weights);
          check(
              weights, expected.numberLists("emotion_logits_last"), expected, "emotion_logits_sum");
        });
  }

  private void check(LlamaWeights weights, List<float[]> last, JsonObject expected, String sum) {
    long[][] ids = longs(expected.tokenLists("input_ids", 104));
    Llama llama = new Llama(weights);
    NDArray logits = llama.logits(llama.forward(device.manager().create(ids), Adapter.NONE));
    for (int row = 0; row < ids.length; row++) {
      float[] actual = logits.get(row).get(ids[row].length - 1).toFloatArray();
      assertThat(actual).containsExactly(last.get(row), TOLERANCE);
    }
    double total = 0;
    for (float logit : logits.toFloatArray()) {
      total += logit;
    }
    assertThat(total).isCloseTo(expected.number(sum), Offset.offset(5e-3));
  }

  @Test
  void whatFollowsARowChangesNothingBeforeIt() {
    device.run(
        () -> {
          Llama llama = new Llama(LlamaWeights.load(TinyLlama.base(), device.manager()));
          NDArray alone =
              llama.forward(device.manager().create(new long[][] {{3, 52, 81}}), Adapter.NONE);
          NDArray padded =
              llama.forward(
                  device.manager().create(new long[][] {{3, 52, 81, 102, 102}, {7, 8, 9, 10, 11}}),
                  Adapter.NONE);

          assertThat(padded.get(0).get("0:3").toFloatArray())
              .containsExactly(alone.toFloatArray(), Offset.offset(1e-5f));
        });
  }

  @Test
  void chosenPositionsGiveTheLogitsOfTheWholeStream() {
    device.run(
        () -> {
          Llama llama = new Llama(LlamaWeights.load(TinyLlama.base(), device.manager()));
          NDArray ids = device.manager().create(new long[][] {{3, 52, 81}, {4, 5, 6}});
          NDArray stream = llama.forward(ids, Adapter.NONE);
          NDArray whole = llama.logits(stream);
          NDArray headRows = llama.headRows(device.manager().create(new long[] {97, 98}));

          NDArray places = device.manager().create(new long[][] {{1, 2}, {4, 3}});
          NDArray chosen = llama.logits(llama.at(stream, places), headRows);

          assertThat(chosen.getShape()).isEqualTo(new Shape(2, 2, 2));
          float[] expected = whole.get(1).get(1).get("97:99").toFloatArray();
          assertThat(chosen.get(1).get(0).toFloatArray())
              .containsExactly(expected, Offset.offset(1e-5f));
        });
  }

  @Test
  void learnsWithAllItsWeights() {
    device.run(
        () -> {
          LlamaWeights weights = LlamaWeights.random(smallConfig(false), 1, device.manager());
          weights.named().values().forEach(weight -> weight.setRequiresGradient(true));
          Llama llama = new Llama(weights, Residual.withDropout(0.1f));
          NDArray ids = device.manager().create(new long[][] {{1, 2, 3, 4}});

          NDArray loss =
              new Backward()
                  .of(() -> llama.logits(llama.forward(ids, Adapter.NONE)).square().mean());

          assertThat(loss.getFloat()).isFinite().isPositive();
          weights
              .named()
              .forEach(
                  (name, weight) ->
                      assertThat(weight.getGradient().norm().getFloat())
                          .as(name)
                          .isFinite()
                          .isPositive());
        });
  }

  @Test
  void weightsAreTheSameAfterSavingAndLoading(@TempDir Path directory) {
    for (boolean tied : new boolean[] {false, true}) {
      device.run(
          () -> {
            LlamaWeights weights = LlamaWeights.random(smallConfig(tied), 7, device.manager());
            weights.save(directory);
            LlamaWeights loaded = LlamaWeights.load(directory, device.manager());

            assertThat(loaded.config()).isEqualTo(weights.config());
            assertThat(values(loaded)).usingRecursiveComparison().isEqualTo(values(weights));
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40})
  void forwardToEqualsForwardAtThatPosition(int batch) {
    int time = 10;
    device.run(
        () -> {
          Llama llama = new Llama(LlamaWeights.random(smallConfig(false), 7, device.manager()));
          NDArray ids =
              device
                  .manager()
                  .arange(0, batch * time)
                  .toType(DataType.INT64, false)
                  .reshape(batch, time);
          ids = ids.mod(19);
          long[] positions = new long[batch];
          Arrays.setAll(positions, row -> (7 * row + 2) % time);
          long[] places = new long[batch];
          Arrays.setAll(places, row -> row * time + positions[row]);
          Lora.Pair pair =
              new Lora.Pair(
                  device.manager().randomNormal(new Shape(batch, 2, 16)),
                  device.manager().randomNormal(new Shape(batch, 16, 2)));
          Lora lora =
              new Lora(
                  Map.of(
                      new Projection(0, Projection.Kind.QUERY), pair,
                      new Projection(1, Projection.Kind.QUERY), pair,
                      new Projection(1, Projection.Kind.OUTPUT), pair),
                  device.manager().ones(new Shape()));

          NDArray whole = llama.at(llama.forward(ids, lora), device.manager().create(places));
          NDArray ends = llama.forwardTo(ids, device.manager().create(positions), lora, Past.NONE);

          assertThat(ends.getShape()).isEqualTo(new Shape(batch, 16));
          assertThat(ends.toFloatArray())
              .containsExactly(whole.toFloatArray(), Offset.offset(1e-5f));
        });
  }

  @Test
  void atSomePositionsStreamAndGradientsAreThoseOfTheWholeStream() {
    device.run(
        () -> {
          NDManager manager = device.manager();
          Llama llama = new Llama(LlamaWeights.random(smallConfig(false), 7, manager));
          NDArray ids = manager.create(new long[][] {{3, 1, 4, 1, 5}, {9, 2, 6, 5, 3}});
          NDArray positions = manager.create(new long[][] {{1, 4, 1}, {0, 3, 4}});
          NDArray places = manager.create(new long[][] {{1, 4, 1}, {5, 8, 9}});
          NDArray down = manager.randomNormal(new Shape(2, 2, 16));
          NDArray up = manager.randomNormal(new Shape(2, 16, 2));
          NDArray keyUp = manager.randomNormal(new Shape(2, 8, 2));
          Map<Projection, Lora.Pair> pairs = new LinkedHashMap<>();
          for (int layer = 0; layer < llama.config().layers(); layer++) {
            pairs.put(new Projection(layer, Projection.Kind.KEY), new Lora.Pair(down, keyUp));
            pairs.put(new Projection(layer, Projection.Kind.OUTPUT), new Lora.Pair(down, up));
          }
          Lora lora = new Lora(pairs, manager.ones(new Shape()));
          down.setRequiresGradient(true);
          up.setRequiresGradient(true);

          NDArray whole = new Backward().of(() -> llama.at(llama.forward(ids, lora), places));
          float[] downOfWhole = down.getGradient().duplicate().toFloatArray();
          float[] upOfWhole = up.getGradient().duplicate().toFloatArray();
          down.getGradient().subi(down.getGradient());
          up.getGradient().subi(up.getGradient());
          NDArray some = new Backward().of(() -> llama.forwardAt(ids, positions, lora, Past.NONE));

          assertThat(some.getShape()).isEqualTo(new Shape(2, 3, 16));
          assertThat(some.toFloatArray())
              .containsExactly(whole.toFloatArray(), Offset.offset(1e-5f));
          assertThat(whole.sum().getFloat()).isNotZero();
          assertThat(downOfWhole).isNotEqualTo(new float[downOfWhole.length]);
          assertThat(down.getGradient().toFloatArray())
              .containsExactly(downOfWhole, Offset.offset(1e-3f));
          assertThat(up.getGradient().toFloatArray())
              .containsExactly(upOfWhole, Offset.offset(1e-3f));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40})
  void withoutAnAdapterTheEndOfEachRowIsWhatTheWholeStreamHasThere(int batch) {
    int time = 10;
    device.run(
        () -> {
          Llama llama = new Llama(LlamaWeights.random(smallConfig(false), 7, device.manager()));
          long[][] rows = new long[batch][time];
          long[] positions = new long[batch];
          long[] places = new long[batch];
          for (int row = 0; row < batch; row++) {
            int first = 3 * row;
            Arrays.setAll(rows[row], at -> (first + 7L * at) % 19);
            positions[row] = (7 * row + 2) % time;
            places[row] = row * time + positions[row];
          }
          NDArray ids = device.manager().create(rows);

          NDArray whole =
              llama.at(llama.forward(ids, Adapter.NONE), device.manager().create(places));
          NDArray ends =
              llama.forwardTo(ids, device.manager().create(positions), Adapter.NONE, Past.NONE);

          assertThat(ends.getShape()).isEqualTo(new Shape(batch, 16));
          assertThat(ends.toFloatArray())
              .containsExactly(whole.toFloatArray(), Offset.offset(1e-5f));
        });
  }

  @Test
  void positionsBeyondTheFirstTableAreComputed() {
    device.run(
        () -> {
          Llama llama = new Llama(LlamaWeights.random(smallConfig(false), 7, device.manager()));
          long[] ids = new long[300];
          Arrays.setAll(ids, i -> i % 20);
          NDArray before =
              llama.forward(
                  device.manager().create(new long[][] {Arrays.copyOf(ids, 20)}), Adapter.NONE);
          NDArray after = llama.forward(device.manager().create(new long[][] {ids}), Adapter.NONE);

          assertThat(after.get(0).get("0:20").toFloatArray())
              .containsExactly(before.toFloatArray(), Offset.offset(1e-5f));
        });
  }

  private static Map<String, float[]> values(LlamaWeights weights) {
    Map<String, float[]> values = new LinkedHashMap<>();
    weights.named().forEach((name, weight) -> values.put(name, weight.toFloatArray()));
    return values;
  }

  private static LlamaConfig smallConfig(boolean tied) {
    return new LlamaConfig(
        20,
        16,
        2,
        24,
        new AttentionShape(4, 2, 4),
        new RotaryAngles(500, new RotaryScaling.Linear(2)),
        1e-5,
        tied);
  }

  private static long[][] longs(List<int[]> rows) {
    return rows.stream()
        .map(row -> Arrays.stream(row).asLongStream().toArray())
        .toArray(long[][]::new);
  }
}
