package io.undertone.model.torch.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of any bytes: tensors, or a refusal with the reason. CONTRIBUTING.md says how to fuzz. */
class SafetensorsFuzzTest {

  @FuzzTest(maxDuration = "3m")
  void file(byte[] bytes) throws IOException {
    Path path = Files.createTempFile("undertone", ".safetensors");
    try {
      Files.write(path, bytes);
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        for (String name : file.names()) {
          assertThat(file.read(name)).hasSize((int) file.shape(name).size());
        }
      }
    } catch (ModelFileException e) {
      assertThat(e).hasMessageContaining(path.toString());
    } finally {
      Files.delete(path);
    }
  }
}
