package io.undertone.model.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsqSpeechTokenizerTest {
  @TempDir private Path directory;

  @Test
  void aMissingWeightIsNamedWhenTheTokenizerIsRead() {
    assertRefused(
        EncoderConfig.DEFAULT,
        "speech-tokenizer.json: weight encoder.in.weight must have shape (160, 172, 3), but is"
            + " missing");
  }

  @Test
  void levelsThatTellNothingAreNamedWhenTheTokenizerIsRead() {
    assertRefused(
        new EncoderConfig(8, new int[] {1}, new int[] {1}),
        "speech-tokenizer.json: levels must be at least 2, but are [1]");
  }

  private void assertRefused(EncoderConfig config, String message) {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              FsqSpeechTokenizer.save(
                  directory, config, Map.of("other", manager.ones(new Shape(1))));
              assertThatThrownBy(() -> FsqSpeechTokenizer.load(directory, manager))
                  .isInstanceOf(ModelFileException.class)
                  .hasMessageEndingWith(message);
            }
          });
    }
  }
}
