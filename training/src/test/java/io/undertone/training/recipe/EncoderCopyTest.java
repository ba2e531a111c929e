package io.undertone.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderCopyTest {

  @TempDir Path directory;

  @Test
  void copiesTheLayersInUseWithTheLicence() throws IOException {
    EncoderSource encoder = TinyTraining.write(directory, List.of("voices")).encoder();
    Path copy = directory.resolve("copy");

    EncoderCopy.copy(encoder, copy);

    assertThat(copy.resolve("LICENSE")).hasContent("MIT");
    try (TensorFiles before = TensorFiles.ofModel(encoder.directory());
        TensorFiles after = TensorFiles.ofModel(copy)) {
      assertThat(before.names()).anyMatch(name -> name.contains("layers.2."));
      assertThat(after.names())
          .isNotEmpty()
          .noneMatch(name -> name.contains("layers.2."))
          .hasSize(
              (int) before.names().stream().filter(name -> !name.contains("layers.2.")).count());
      for (String name : after.names()) {
        assertThat(after.read(name, after.shape(name)))
            .as(name)
            .isEqualTo(before.read(name, before.shape(name)));
      }
    }
  }

  @Test
  void copiesTheBundledEncoderByteForByte() throws IOException {
    Path models = Path.of("../models");
    Path copy = directory.resolve("copy");

    EncoderCopy.copy(EncoderSource.of(models.resolve("whisper-base-encoder"), 4), copy);

    assertThat(copy.resolve("model.safetensors"))
        .hasSameBinaryContentAs(models.resolve("undertone-small/encoder/model.safetensors"));
  }

  @Test
  void namesAnEncoderThatIsDamaged() throws IOException {
    EncoderSource encoder = TinyTraining.write(directory, List.of("voices")).encoder();
    Files.writeString(encoder.directory().resolve("model.safetensors"), "not an encoder");

    assertThatThrownBy(() -> EncoderCopy.copy(encoder, directory.resolve("copy")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("model.safetensors: header must have");
  }

  @Test
  void rejectsAnEncoderInShards() throws IOException {
    EncoderSource encoder = TinyTraining.write(directory, List.of("voices")).encoder();
    Files.delete(encoder.directory().resolve("model.safetensors"));

    assertThatThrownBy(() -> EncoderCopy.copy(encoder, directory.resolve("copy")))
        .isInstanceOf(TrainingException.class)
        .hasMessageEndingWith("must have the encoder in one file, model.safetensors");
  }
}
