package io.undertone.model.torch.llama.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Lora;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.llama.TinyCheckpoint;
import io.undertone.model.torch.llama.WeightPrecision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecomputingPassTest {
  private static final int[] IDS = {1, 9, 8, 7, 6, 5, 1, 2, 3, 4};
  private static final int BATCH = 2;

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @TempDir Path checkpoint;

  @BeforeEach
  void write() throws IOException {
    TinyCheckpoint.write(checkpoint);
  }

  @ParameterizedTest
  @EnumSource(
      value = WeightPrecision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void givesLossAndGradientsOfOnePass(WeightPrecision precision) {
    device.runWith(
        manager -> {
          Llama llama = new Llama(LlamaWeights.load(checkpoint, precision, manager));
          Map<Projection, Lora.Pair> once = factors(llama, manager);
          Map<Projection, Lora.Pair> recomputed = factors(llama, manager);
          AddedTokens tokens = new AddedTokens(llama, List.of());

          NDArray expected =
              new Backward()
                  .of(() -> loss(llama, llama.forward(ids(manager), lora(once, manager))));
          NDArray actual =
              new RecomputingPass(llama)
                  .learn(
                      tokens.embed(IDS, BATCH, manager),
                      lora(recomputed, manager),
                      stream -> loss(llama, stream))
                  .loss();

          assertThat(actual.getFloat()).isEqualTo(expected.getFloat());
          once.forEach(
              (projection, pair) -> {
                Lora.Pair other = Objects.requireNonNull(recomputed.get(projection));
                assertSameGradient(other.loraA(), pair.loraA());
                assertSameGradient(other.loraB(), pair.loraB());
              });
        });
  }

  @Test
  void leavesNoArraysBehind() {
    Llama llama = device.call(() -> new Llama(LlamaWeights.load(checkpoint, device.manager())));
    Lora lora = device.call(() -> lora(factors(llama, device.manager()), device.manager()));
    device.runWith(manager -> learn(llama, lora, manager));
    int before = device.liveArrays();

    device.runWith(manager -> learn(llama, lora, manager));

    assertThat(device.liveArrays()).isEqualTo(before);
  }

  private static void learn(Llama llama, Lora lora, NDManager manager) {
    try (NDManager step = manager.newSubManager()) {
      NDArray embedded = new AddedTokens(llama, List.of()).embed(IDS, BATCH, step);
      new RecomputingPass(llama).learn(embedded, lora, stream -> loss(llama, stream));
    }
  }

  private static NDArray loss(Llama llama, NDArray stream) {
    return llama.logits(stream).square().mean();
  }

  private static NDArray ids(NDManager manager) {
    long[] ids = new long[IDS.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = IDS[i];
    }
    return manager.create(ids, new Shape(BATCH, IDS.length / BATCH));
  }

  private static Map<Projection, Lora.Pair> factors(Llama llama, NDManager manager) {
    Map<Projection, Lora.Pair> factors = new LinkedHashMap<>();
    for (int layer = 0; layer < llama.config().layers(); layer++) {
      for (Projection.Kind kind : Projection.Kind.values()) {
        Projection projection = new Projection(layer, kind);
        int in = projection.inWidth(llama.config());
        int out = projection.outWidth(llama.config());
        NDArray loraA = manager.full(new Shape(1, 2, in), 0.03f);
        NDArray loraB = manager.full(new Shape(1, out, 2), 0.02f);
        loraA.setRequiresGradient(true);
        loraB.setRequiresGradient(true);
        factors.put(projection, new Lora.Pair(loraA, loraB));
      }
    }
    return factors;
  }

  private static Lora lora(Map<Projection, Lora.Pair> factors, NDManager manager) {
    return new Lora(factors, manager.ones(new Shape()));
  }

  private static void assertSameGradient(NDArray actual, NDArray expected) {
    float[] reference = expected.getGradient().toFloatArray();
    float largest = 0;
    for (float value : reference) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    assertThat(actual.getGradient().toFloatArray())
        .containsExactly(reference, within(1e-5f * largest));
  }
}
