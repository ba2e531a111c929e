package io.undertone.audio.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.undertone.audio.Pcm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of any bytes: read, or refused with the reason. CONTRIBUTING.md says how to fuzz. */
class AudioFileFuzzTest {

  @FuzzTest(maxDuration = "3m")
  void file(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("undertone", ".audio");
    try {
      Files.write(file, bytes);
      assertThat(AudioFiles.read(file))
          .isNotEmpty()
          .allSatisfy(channel -> assertThat(channel).extracting(Pcm::durationMs).isNotNull());
    } catch (AudioFileException e) {
      assertThat(e).hasMessageContaining(file.toString());
    } finally {
      Files.delete(file);
    }
  }
}
