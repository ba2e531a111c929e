package io.undertone.model.torch.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.peft.EmotionLora;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares with what transformers and peft compute from the same files; make_llama_variants.py
 * makes them.
 */
class LlamaVariantsTest {
  private static final float TOLERANCE = 2e-4f;

  /** Of the norm of the logits: bfloat16 has 8 significant bits. */
  private static final double BFLOAT16_TOLERANCE = 0.03;

  /** The same of float16, which has 11. */
  private static final double FLOAT16_TOLERANCE = 0.004;

  private static final String PLAIN = "plain-bf16";

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @ParameterizedTest
  @ValueSource(strings = {"linear-sharded-f32", "dynamic-f16", "llama3-tied-bf16", PLAIN})
  void givesTheReferenceLogitsOfACheckpoint(String variant) {
    device.run(
        () -> {
          Path directory = variant(variant);
          LlamaWeights weights = LlamaWeights.load(directory, device.manager());

          assertReferenceLogits(weights, directory);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"lora-patterns", "lora-regex", "lora-added-tokens", "lora-resized"})
  void givesTheReferenceLogitsOfAnAdapter(String variant) {
    device.run(
        () -> {
          Path directory = variant(variant);
          LlamaWeights weights = LlamaWeights.load(variant(PLAIN), device.manager());
          EmotionLora.open(directory).mergeInto(weights);

          assertReferenceLogits(weights, directory);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama3-tied-bf16", PLAIN})
  void weightsKeptInBfloat16GiveTheLogitsNearly(String variant) {
    device.run(
        () -> {
          Path directory = variant(variant);
          LlamaWeights weights =
              LlamaWeights.load(directory, WeightPrecision.AS_STORED, device.manager());

          assertThat(weights.isFloat32()).isFalse();
          assertNearlyReferenceLogits(weights, directory, BFLOAT16_TOLERANCE);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"dynamic-f16", PLAIN})
  void weightsKeptInFloat16GiveTheLogitsMoreNearly(String variant) {
    device.run(
        () -> {
          Path directory = variant(variant);
          LlamaWeights weights =
              LlamaWeights.load(directory, WeightPrecision.FLOAT16, device.manager());

          assertThat(weights.isFloat32()).isFalse();
          assertNearlyReferenceLogits(weights, directory, FLOAT16_TOLERANCE);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"lora-patterns", "lora-regex", "lora-added-tokens", "lora-resized"})
  void adaptersBesideBfloat16GiveTheLogitsNearly(String variant) {
    device.run(
        () -> {
          Path directory = variant(variant);
          LlamaWeights weights =
              LlamaWeights.load(variant(PLAIN), WeightPrecision.BFLOAT16, device.manager());
          EmotionLora.open(directory).mergeInto(weights);

          assertNearlyReferenceLogits(weights, directory, BFLOAT16_TOLERANCE);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "linear-sharded-f32, cpu, ",
    "linear-sharded-f32, gpu, ",
    "dynamic-f16, cpu, ",
    "dynamic-f16, gpu, FLOAT16",
    "plain-bf16, cpu, BFLOAT16",
    "plain-bf16, gpu, BFLOAT16",
  })
  void asStoredRoundsNothingAndKeepsFloat16OnGpusOnly(
      String variant, String on, HalfMatrix.@Nullable Type expected) {
    try (TensorFiles files = TensorFiles.ofModel(variant(variant))) {
      assertThat(WeightPrecision.AS_STORED.half(files, Device.of(on, 0)))
          .isEqualTo(Optional.ofNullable(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({"BFLOAT16, 0.05", "FLOAT16, 0.005"})
  void gradientsPassThroughHalfPrecisionToAnAdapter(WeightPrecision precision, double tolerance) {
    device.run(
        () -> {
          float[] exact = gradient(WeightPrecision.FLOAT32);
          float[] rounded = gradient(precision);

          assertThat(norm(exact)).isGreaterThan(1e-3);
          assertThat(relativeError(rounded, exact)).isPositive().isLessThan(tolerance);
        });
  }

  /** Of the adapter of the first layer's keys, through everything above. */
  private float[] gradient(WeightPrecision precision) {
    Llama llama = new Llama(LlamaWeights.load(variant(PLAIN), precision, device.manager()));
    NDArray loraA = device.manager().full(new Shape(1, 2, 32), 0.05f);
    NDArray loraB = device.manager().full(new Shape(1, 16, 2), 0.05f);
    loraB.setRequiresGradient(true);
    Lora lora =
        new Lora(
            Map.of(new Projection(0, Projection.Kind.KEY), new Lora.Pair(loraA, loraB)),
            device.manager().ones(new Shape()));
    NDArray ids = device.manager().create(new long[][] {{1, 2, 3, 4, 5}});
    new Backward().of(() -> llama.logits(llama.forward(ids, lora)).square().mean());
    return loraB.getGradient().toFloatArray();
  }

  @Test
  void theEndOfARowInBfloat16IsWhatTheWholeStreamHasThere() {
    device.run(
        () -> {
          Llama llama =
              new Llama(
                  LlamaWeights.load(variant(PLAIN), WeightPrecision.BFLOAT16, device.manager()));
          NDArray ids = device.manager().create(new long[][] {{3, 4, 5, 6}, {7, 8, 9, 10}});
          NDArray places = device.manager().create(new long[] {2, 4 + 3});
          NDArray position = device.manager().create(new long[] {2, 3});

          NDArray whole = llama.at(llama.forward(ids, Adapter.NONE), places);
          NDArray ends = llama.forwardTo(ids, position, Adapter.NONE, Past.NONE);

          assertThat(relativeError(ends.toFloatArray(), whole.toFloatArray())).isLessThan(0.02);
        });
  }

  private void assertReferenceLogits(LlamaWeights weights, Path directory) {
    JsonObject expected = JsonObject.read(directory.resolve("expected.json"));
    List<float[]> last = expected.numberLists("logits_last");
    List<int[]> inputs = expected.tokenLists("input_ids", weights.config().vocabularySize());
    double sum = 0;
    for (int row = 0; row < inputs.size(); row++) {
      float[] all = logits(weights, inputs.get(row));
      assertThat(lastOf(all, last.get(row))).containsExactly(last.get(row), within(TOLERANCE));
      for (float logit : all) {
        sum += logit;
      }
    }
    assertThat(sum).isCloseTo(expected.number("logits_sum"), within(5e-3));
  }

  private void assertNearlyReferenceLogits(LlamaWeights weights, Path directory, double tolerance) {
    JsonObject expected = JsonObject.read(directory.resolve("expected.json"));
    List<float[]> last = expected.numberLists("logits_last");
    List<int[]> inputs = expected.tokenLists("input_ids", weights.config().vocabularySize());
    assertThat(inputs).hasSize(2);
    for (int row = 0; row < inputs.size(); row++) {
      float[] actual = lastOf(logits(weights, inputs.get(row)), last.get(row));
      assertThat(relativeError(actual, last.get(row))).isPositive().isLessThan(tolerance);
    }
  }

  private float[] logits(LlamaWeights weights, int[] tokens) {
    Llama llama = new Llama(weights);
    long[][] ids = {Arrays.stream(tokens).asLongStream().toArray()};
    NDArray stream = llama.forward(device.manager().create(ids), Adapter.NONE);
    return llama.logits(stream).toFloatArray();
  }

  private static float[] lastOf(float[] all, float[] expected) {
    return Arrays.copyOfRange(all, all.length - expected.length, all.length);
  }

  private static double relativeError(float[] actual, float[] expected) {
    float[] difference = new float[expected.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = actual[i] - expected[i];
    }
    return norm(difference) / norm(expected);
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private static Path variant(String name) {
    URL resource =
        LlamaVariantsTest.class.getResource("/llama-variants/" + name + "/expected.json");
    try {
      return Path.of(Objects.requireNonNull(resource).toURI()).resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
