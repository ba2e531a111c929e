package io.undertone.model.torch.llama.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Lora;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.llama.TinyCheckpoint;
import io.undertone.model.torch.llama.WeightPrecision;
import io.undertone.model.torch.llama.peft.EmotionLora;
import io.undertone.model.torch.llama.peft.EmotionLoraWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares with the decoder whose tables an adapter's file has made longer. */
class AddedTokensTest {
  private static final int ADDED = 5;
  private static final int FIRST = TinyCheckpoint.VOCABULARY;
  private static final int[] IDS = {1, FIRST, FIRST + 4, 7, FIRST + 2, FIRST - 1};

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
  void computeWhatALongerVocabularyDoes(WeightPrecision precision) {
    device.runWith(
        manager -> {
          LlamaWeights base = LlamaWeights.load(checkpoint, precision, manager);
          Llama llama = new Llama(base);
          List<NDArray> rows = AddedTokens.drawn(llama, ADDED, new Random(1), manager);
          AddedTokens tokens = new AddedTokens(llama, rows);
          Lora lora = lora(manager);
          NDArray stream = new RecomputingPass(llama).forward(tokens.embed(IDS, 1, manager), lora);
          NDArray actual = tokens.logits(stream);
          NDArray emotions = tokens.headRows(List.of(FIRST + 1, FIRST + 3), manager);

          Llama longer = new Llama(longer(base, rows, lora, precision, manager));
          NDArray ids =
              manager.create(Arrays.stream(IDS).asLongStream().toArray(), new Shape(1, IDS.length));
          NDArray expected = longer.logits(longer.forward(ids, Adapter.NONE));

          assertThat(actual.getShape()).isEqualTo(new Shape(1, IDS.length, FIRST + ADDED));
          float tolerance = precision == WeightPrecision.FLOAT32 ? 1e-5f : 2e-3f;
          assertThat(actual.toFloatArray())
              .containsExactly(expected.toFloatArray(), within(tolerance));
          assertThat(emotions.toFloatArray())
              .containsExactly(
                  longer.headRows(manager.create(new long[] {FIRST + 1, FIRST + 3})).toFloatArray(),
                  within(1e-3f));
        });
  }

  /** The decoder with the rows and the LoRA that peft's files have. */
  private LlamaWeights longer(
      LlamaWeights base,
      List<NDArray> rows,
      Lora lora,
      WeightPrecision precision,
      NDManager manager) {
    Path adapter = checkpoint.resolve("emotion-lora");
    Map<String, NDArray> factors = new LinkedHashMap<>();
    for (int layer = 0; layer < base.config().layers(); layer++) {
      Projection projection = new Projection(layer, Kind.VALUE);
      factors.put(projection.loraAName(), manager.full(new Shape(2, 16), 0.3f));
      factors.put(projection.loraBName(), manager.full(new Shape(16, 2), 0.2f));
    }
    Map<String, NDArray> tables = new LinkedHashMap<>();
    try (TensorFiles files = TensorFiles.ofModel(checkpoint)) {
      for (int i = 0; i < rows.size(); i++) {
        String name = base.tableNames().get(i);
        tables.put(name, files.read(name, files.shape(name), manager).concat(rows.get(i), 0));
      }
    }
    EmotionLoraWriter.write(adapter, 2, 2, List.of(Kind.VALUE), factors, tables);
    LlamaWeights longer = LlamaWeights.load(checkpoint, precision, manager);
    EmotionLora.open(adapter).mergeInto(longer);
    assertThat(longer.config().vocabularySize()).isEqualTo(FIRST + ADDED);
    return longer;
  }

  private static Lora lora(NDManager manager) {
    Map<Projection, Lora.Pair> pairs = new LinkedHashMap<>();
    for (int layer = 0; layer < 2; layer++) {
      pairs.put(
          new Projection(layer, Kind.VALUE),
          new Lora.Pair(
              manager.full(new Shape(1, 2, 16), 0.3f), manager.full(new Shape(1, 16, 2), 0.2f)));
    }
    return new Lora(pairs, manager.ones(new Shape()));
  }

  @Test
  void onlyTheRowsOfTokensThatAreReadLearnTheirEmbedding() {
    device.runWith(
        manager -> {
          LlamaWeights base = LlamaWeights.load(checkpoint, WeightPrecision.BFLOAT16, manager);
          Llama llama = new Llama(base);
          List<NDArray> rows = AddedTokens.drawn(llama, ADDED, new Random(1), manager);
          rows.forEach(table -> table.setRequiresGradient(true));
          AddedTokens tokens = new AddedTokens(llama, rows);

          RecomputingPass.Learned learned =
              new RecomputingPass(llama)
                  .learn(
                      tokens.embed(IDS, 1, manager),
                      Adapter.NONE,
                      stream -> tokens.logits(stream).square().mean());
          new Backward().through(() -> tokens.embed(IDS, 1, manager), learned.ofEmbedded());

          NDArray changes = rows.get(0).getGradient().abs().sum(new int[] {1});
          assertThat(changes.toFloatArray())
              .satisfies(
                  sums -> {
                    assertThat(sums[0]).isPositive();
                    assertThat(sums[1]).isZero();
                    assertThat(sums[2]).isPositive();
                    assertThat(sums[3]).isZero();
                    assertThat(sums[4]).isPositive();
                  });
          assertThat(rows.get(1).getGradient().abs().sum().getFloat()).isPositive();
        });
  }

  @Test
  void startAmongTheRowsOfTheDecoder() {
    device.runWith(
        manager -> {
          Llama llama = new Llama(LlamaWeights.load(checkpoint, manager));

          NDArray rows = AddedTokens.drawn(llama, 2000, new Random(1), manager).get(0);

          assertThat(rows.getShape()).isEqualTo(new Shape(2000, 16));
          float deviation = (float) Math.sqrt(rows.square().mean().getFloat());
          assertThat(deviation).isBetween(0.018f, 0.022f);
        });
  }
}
