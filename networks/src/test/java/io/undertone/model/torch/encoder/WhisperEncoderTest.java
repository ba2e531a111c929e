package io.undertone.model.torch.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import io.undertone.model.torch.WhisperBase;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhisperEncoderTest {
  private static final List<Integer> ALL = List.of(0, 1, 2, 3);

  @TempDir Path directory;
  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @BeforeEach
  void open() {
    device.run(() -> SmallEncoder.write(directory, device.manager()));
  }

  @Test
  void layersEqualTheReference() {
    device.run(
        () -> {
          assertThat(largestErrors(Arithmetic.FLOAT32)).allMatch(error -> error < 2e-4);
        });
  }

  /**
   * In the last layer, values at a few positions grow to hundreds of times the others', and their
   * size follows the last bit of the layers before: equally precise orders of rounding are 0.02 to
   * 0.05 off there.
   */
  @Test
  void bfloat16StaysNearTheReference() {
    device.run(
        () -> {
          List<Double> errors = largestErrors(Arithmetic.BFLOAT16);
          int last = errors.size() - 1;
          assertThat(errors.subList(0, last)).allMatch(error -> error > 1e-3 && error < 0.02);
          assertThat(errors.get(last)).isBetween(1e-3, 0.08);
        });
  }

  /** For each layer, the largest norm of a difference, relative to that of what is expected. */
  private List<Double> largestErrors(Arithmetic arithmetic) {
    List<Integer> layers = IntStream.rangeClosed(1, WhisperBase.LAYERS).boxed().toList();
    try (TensorFiles expected = WhisperBase.expected();
        WhisperEncoder encoder =
            WhisperEncoder.load(
                WhisperBase.DIRECTORY, WhisperBase.LAYERS, arithmetic, device.manager())) {
      List<LogMel> clips =
          IntStream.range(0, WhisperBase.CLIPS)
              .mapToObj(clip -> WhisperBase.mel(expected, clip))
              .toList();
      List<NDList> outputs = encoder.encode(clips, layers, device.manager());
      double[] largest = new double[layers.size()];
      for (int clip = 0; clip < WhisperBase.CLIPS; clip++) {
        for (int layer : layers) {
          NDArray output = outputs.get(clip).get(layer - 1);
          String name = "clip" + clip + ".layer" + layer;
          NDArray reference = expected.read(name, output.getShape(), device.manager());
          largest[layer - 1] = Math.max(largest[layer - 1], relativeError(output, reference));
        }
      }
      return Arrays.stream(largest).boxed().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Arithmetic.class)
  void anUtterancesResultDependsOnItAlone(Arithmetic arithmetic) {
    device.run(
        () -> {
          WhisperEncoder encoder = load(arithmetic);
          List<LogMel> utterances =
              IntStream.of(80, 1, 17, 2, 80, 33, 6).mapToObj(SmallEncoder::mel).toList();

          List<NDList> together = encoder.encode(utterances, ALL, device.manager());

          double tolerance = arithmetic == Arithmetic.FLOAT32 ? 1e-5 : 0.02;
          for (int i = 0; i < utterances.size(); i++) {
            List<LogMel> one = utterances.subList(i, i + 1);
            NDList alone = encoder.encode(one, ALL, device.manager()).get(0);
            for (int layer : ALL) {
              assertThat(relativeError(together.get(i).get(layer), alone.get(layer)))
                  .isLessThan(tolerance);
            }
          }
        });
  }

  @Test
  void moreUtterancesThanFitInOnePassKeepTheirOrder() {
    device.run(
        () -> {
          WhisperEncoder encoder = load(Arithmetic.FLOAT32);
          List<LogMel> utterances =
              IntStream.range(0, 50).mapToObj(i -> SmallEncoder.mel(80 - i)).toList();

          List<NDList> results = encoder.encode(utterances, List.of(3), device.manager());

          for (int i = 0; i < utterances.size(); i++) {
            NDArray alone = encode(encoder, utterances.get(i), 3);
            assertThat(relativeError(results.get(i).get(0), alone)).isLessThan(1e-5);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 24, 25})
  void theInputOfTheFirstLayerIsTheOutputOfTheConvolutions(int frames) {
    device.run(
        () -> {
          LogMel mel = SmallEncoder.mel(frames);
          Map<String, NDArray> weights = SmallEncoder.tensors(device.manager());
          NDArray x = device.manager().create(mel.values(), new Shape(frames, mel.bands()));
          x = convolution(x.transpose().expandDims(0), weights, "conv1", 1);
          x = convolution(x, weights, "conv2", 2).squeeze(0).transpose();
          NDArray positions = weight(weights, "embed_positions.weight");
          NDArray expected = x.add(positions.get("0:" + (frames + 1) / 2));

          NDArray actual = encode(load(Arithmetic.FLOAT32), mel, 0);

          assertThat(actual.getShape()).isEqualTo(expected.getShape());
          assertThat(relativeError(actual, expected)).isLessThan(1e-5);
        });
  }

  private static NDArray convolution(
      NDArray x, Map<String, NDArray> weights, String name, int stride) {
    NDArray weight = weight(weights, name + ".weight");
    NDArray bias = weight(weights, name + ".bias");
    Shape one = new Shape(1);
    return Conv1d.conv1d(x, weight, bias, new Shape(stride), one, one)
        .singletonOrThrow()
        .getNDArrayInternal()
        .gelu();
  }

  private static NDArray weight(Map<String, NDArray> weights, String name) {
    return Objects.requireNonNull(weights.get("model.encoder." + name));
  }

  @Test
  void returnsTheGivenLayersInTheirOrder() {
    device.run(
        () -> {
          WhisperEncoder encoder = load(Arithmetic.FLOAT32);
          List<LogMel> one = List.of(SmallEncoder.mel(20));
          NDList all = encoder.encode(one, ALL, device.manager()).get(0);

          NDList chosen = encoder.encode(one, List.of(2, 0, 2), device.manager()).get(0);

          assertThat(chosen).hasSize(3);
          assertThat(chosen.get(0)).isEqualTo(all.get(2));
          assertThat(chosen.get(1)).isEqualTo(all.get(0));
          assertThat(chosen.get(2)).isEqualTo(all.get(2));
        });
  }

  @Test
  void loadsFewerLayersThanTheFileHas() {
    device.run(
        () -> {
          WhisperEncoder two =
              WhisperEncoder.load(directory, 2, Arithmetic.FLOAT32, device.manager());
          LogMel mel = SmallEncoder.mel(20);

          assertThat(encode(two, mel, 2)).isEqualTo(encode(load(Arithmetic.FLOAT32), mel, 2));
          assertThatThrownBy(() -> encode(two, mel, 3))
              .hasMessage("layer must be from 0 to 2, but is 3");
        });
  }

  @Test
  void theShapeIsReadFromTheTensorsOrFromTheConfiguration() {
    device.run(
        () -> {
          WhisperEncoder ofTensors = load(Arithmetic.FLOAT32);
          SmallEncoder.writeConfig(directory, SmallEncoder.config());
          WhisperEncoder ofConfig = load(Arithmetic.FLOAT32);
          LogMel mel = SmallEncoder.mel(20);

          assertThat(ofTensors.config()).isEqualTo(SmallEncoder.CONFIG);
          assertThat(ofConfig.config()).isEqualTo(SmallEncoder.CONFIG);
          assertThat(encode(ofConfig, mel, 3)).isEqualTo(encode(ofTensors, mel, 3));
        });
  }

  @ParameterizedTest
  @EnumSource(Arithmetic.class)
  void resultsMayBeModifiedAndIntermediateResultsAreFreed(Arithmetic arithmetic) {
    int before = device.liveArrays();
    device.run(
        () -> {
          WhisperEncoder encoder = load(arithmetic);
          int loaded = device.liveArrays();
          try (NDManager owner = device.manager().newSubManager()) {
            NDArray result =
                encoder.encode(List.of(SmallEncoder.mel(9)), List.of(3), owner).get(0).get(0);
            result.muli(result);
            assertThat(result.getManager()).isSameAs(owner);
            assertThat(owner.getManagedArrays()).containsExactly(result);
          }
          assertThat(device.liveArrays()).isEqualTo(loaded);
          encoder.close();
        });
    assertThat(device.liveArrays()).isEqualTo(before);
  }

  @Test
  void refusesUtterancesOfInvalidSize() {
    device.run(
        () -> {
          WhisperEncoder encoder = load(Arithmetic.FLOAT32);

          assertThatThrownBy(() -> encode(encoder, SmallEncoder.mel(0), 1))
              .hasMessage("frames must be from 1 to 80, but are 0");
          assertThatThrownBy(() -> encode(encoder, SmallEncoder.mel(81), 1))
              .hasMessage("frames must be from 1 to 80, but are 81");
          assertThatThrownBy(() -> encode(encoder, new LogMel(new float[9], 1, 9), 1))
              .hasMessage("bands must be 8, but are 9");
        });
  }

  @Test
  void errorsNameTheFileAndTheProblem() {
    device.run(
        () -> {
          assertRefused(4, "layers must be from 1 to 3, but are 4");
          assertRefused(0, "layers must be from 1 to 3, but are 0");

          SmallEncoder.writeConfig(directory, SmallEncoder.config().replace("48", "64"));
          assertRefused(
              3,
              "model.safetensors: tensor model.encoder.layers.0.fc1.weight"
                  + " must have shape (64, 128), but has (48, 128)");
          SmallEncoder.writeConfig(directory, SmallEncoder.config().replace("whisper", "llama"));
          assertRefused(3, "config.json: model_type must be whisper, but is \"llama\"");
          SmallEncoder.writeConfig(
              directory, SmallEncoder.config().replace("\"gelu\"", "\"relu\""));
          assertRefused(3, "config.json: activation_function must be gelu, but is \"relu\"");
          SmallEncoder.writeConfig(
              directory, SmallEncoder.config().replace("heads\": 2", "heads\": 3"));
          assertRefused(3, "config.json: width must be a multiple of the 3 heads, but is 128");
          SmallEncoder.writeConfig(directory, SmallEncoder.config());

          Map<String, NDArray> tensors = SmallEncoder.tensors(device.manager());
          tensors.remove("model.encoder.layers.2.self_attn.v_proj.bias");
          SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors);
          assertRefused(
              3,
              "model.safetensors: tensor model.encoder.layers.2.self_attn.v_proj.bias"
                  + " must be given");
        });
  }

  private void assertRefused(int layers, String message) {
    assertThatThrownBy(
            () -> WhisperEncoder.load(directory, layers, Arithmetic.FLOAT32, device.manager()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }

  private WhisperEncoder load(Arithmetic arithmetic) {
    return WhisperEncoder.load(
        directory, SmallEncoder.CONFIG.layers(), arithmetic, device.manager());
  }

  private NDArray encode(WhisperEncoder encoder, LogMel utterance, int layer) {
    return encoder.encode(List.of(utterance), List.of(layer), device.manager()).get(0).get(0);
  }

  private static double relativeError(NDArray actual, NDArray expected) {
    assertThat(actual.getShape()).isEqualTo(expected.getShape());
    return actual.sub(expected).norm().getFloat() / expected.norm().getFloat();
  }
}
