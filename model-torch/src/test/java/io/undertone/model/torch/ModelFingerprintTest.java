package io.undertone.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFingerprintTest {
  @TempDir Path first;
  @TempDir Path second;
  @TempDir Path copy;

  @Test
  void theFingerprintDependsOnTheFilesAlone() throws IOException {
    TinyModel.write(first, 1);
    TinyModel.write(second, 2);
    TinyModel.write(copy, 1);
    String fingerprint = ModelFingerprint.of(first);
    assertThat(fingerprint).matches("[0-9a-f]{16}").isEqualTo(ModelFingerprint.of(copy));
    assertThat(ModelFingerprint.of(second)).isNotEqualTo(fingerprint);

    Files.writeString(copy.resolve("MODEL_CARD.md"), "about");
    assertThat(ModelFingerprint.of(copy)).isEqualTo(fingerprint);
    Files.writeString(copy.resolve("other.json"), "{}");
    assertThat(ModelFingerprint.of(copy)).isNotEqualTo(fingerprint);
    Files.delete(copy.resolve("other.json"));

    Path config = copy.resolve(UndertoneConfig.FILE);
    Files.writeString(config, Files.readString(config).replace("0.001", "0.002"));
    assertThat(ModelFingerprint.of(copy)).isNotEqualTo(fingerprint);
  }
}
