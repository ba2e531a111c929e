package io.undertone.model.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TokenClassifierTest {
  private static final int[] LEVELS = {5, 4};
  private static final int CODES = 20;
  private static final ClassifierConfig CONFIG =
      new ClassifierConfig(LEVELS, 6, 4, RandomClassifier.LABELS);

  @TempDir private Path directory;
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void tokenInputEqualsQuantizedInput() {
    device.runWith(
        manager -> {
          Map<String, NDArray> weights = RandomClassifier.weights(CONFIG, manager);
          TokenClassifier.save(directory, CONFIG, weights);
          FiniteScalarQuantizer quantizer = new FiniteScalarQuantizer(manager, LEVELS);
          NDArray bounded =
              quantizer.bounded(manager.randomUniform(-3, 3, new Shape(1, 9, LEVELS.length)));
          ClassifierNetwork network =
              new ClassifierNetwork(Layers.existing(weights), CONFIG, manager);
          NDArray mask = manager.ones(new Shape(1, 9));

          NDArray learned =
              network.logits(quantizer.quantized(bounded), mask, UnaryOperator.identity());
          EmotionEstimate estimate = load(manager).estimate(codes(quantizer.codes(bounded)));

          // Without fear, in the order of the model's emotions: hap, sad, ang, neu.
          NDArray emotions = learned.squeeze(0).get(manager.create(new long[] {4, 3, 2, 1}));
          assertThat(estimate.toArray())
              .containsExactly(emotions.softmax(0).toFloatArray(), Offset.offset(1e-5f));
        });
  }

  @Test
  void hearsAnUtteranceBesideOthersAsItDoesAlone() {
    RandomClassifier.write(directory, LEVELS);
    List<int[]> utterances = List.of(new int[] {3, 1}, new int[] {7, 2, 9, 4, 4}, new int[] {5});
    device.runWith(
        manager -> {
          TokenClassifier classifier = load(manager);

          float[][] together = classifier.logits(utterances);

          for (int row = 0; row < together.length; row++) {
            assertThat(together[row])
                .containsExactly(
                    classifier.logits(List.of(utterances.get(row)))[0], Offset.offset(1e-6f));
          }
        });
  }

  @Test
  void classifyingLeavesNoArraysBehind() {
    RandomClassifier.write(directory, LEVELS);
    TokenClassifier classifier = device.call(() -> load(device.manager()));
    int before = device.liveArrays();

    device.run(() -> classifier.logits(List.of(new int[] {3, 1}, new int[] {2})));

    assertThat(device.liveArrays()).isEqualTo(before);
  }

  @Test
  void refusesSilence() {
    RandomClassifier.write(directory, LEVELS);

    device.runWith(
        manager ->
            assertThatThrownBy(() -> load(manager).estimate(new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("codes must be at least 1, but are 0"));
  }

  @Test
  void aModelWithoutOneHasNone() {
    device.runWith(
        manager -> assertThat(TokenClassifier.load(directory, CODES, manager)).isEmpty());
  }

  @Test
  void namesWhatIsWrongInItsFiles() throws IOException {
    RandomClassifier.write(directory, LEVELS);
    Path file = directory.resolve(TokenClassifier.CONFIG_FILE);
    String good = Files.readString(file);

    assertRefused(good, CODES + 1, "levels must make the tokenizer's 21 codes, but make 20");
    assertRefused(
        good.replace("\"schema\" : 1", "\"schema\" : 2"), CODES, "schema must be 1, but is 2");
    assertRefused(good.replace("gruWidth", "gruSize"), CODES, "gruSize is unknown");
    assertRefused(good.replace("\"sad\"", "\"bored\""), CODES, "labels must have sad, but are");
    assertRefused(
        good.replace("\"width\" : 6", "\"width\" : 7"),
        CODES,
        "weight classifier.in.weight must have shape (7, 2), but has (6, 2)");
    Files.delete(directory.resolve(TokenClassifier.WEIGHTS_FILE));
    assertRefused(good, CODES, "file must exist");
  }

  private void assertRefused(String config, int codes, String message) throws IOException {
    Files.writeString(directory.resolve(TokenClassifier.CONFIG_FILE), config);
    device.runWith(
        manager ->
            assertThatThrownBy(() -> TokenClassifier.load(directory, codes, manager))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("token-classifier.")
                .hasMessageContaining(message));
  }

  private TokenClassifier load(NDManager manager) {
    return TokenClassifier.load(directory, CODES, manager).orElseThrow();
  }

  private static int[] codes(NDArray codes) {
    int[] ids = new int[(int) codes.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) codes.toLongArray()[i];
    }
    return ids;
  }
}
