package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyVadTest {

  /** A bundled call's turns are marks, too. */
  @Test
  void theLastLineScoresDetectorAndSegmenter(@TempDir Path directory) throws IOException {
    Path call = CommandRun.CALLS.resolve("lost-parcel.flac");
    writeWav(AudioFiles.read(call).get(0), directory.resolve("customer.wav"));
    StringBuilder marks = new StringBuilder("path,start,end,speech,speaker\n");
    for (String line : Files.readAllLines(CommandRun.CALLS.resolve("lost-parcel.csv"))) {
      String[] turn = line.split(",", 5);
      if (turn[0].equals("customer")) {
        marks.append("customer.wav,%s,%s,1,c%n".formatted(seconds(turn[2]), seconds(turn[3])));
      }
    }
    Files.writeString(directory.resolve("segments.csv"), marks);

    CommandRun run = CommandRun.of("verify-vad", directory.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    JsonNode scores = new ObjectMapper().readTree(run.out().get(run.out().size() - 1));
    assertThat(scores.at("/segmenter/f1").asDouble()).isBetween(0.9, 1.0);
    assertThat(scores.at("/detector/precision").asDouble()).isBetween(0.9, 1.0);
  }

  private static double seconds(String ms) {
    return Integer.parseInt(ms) / 1000.0;
  }

  private static void writeWav(Pcm pcm, Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * pcm.samples().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(pcm.toInt16());
    AudioFormat format = new AudioFormat(pcm.sampleRateHz(), 16, 1, true, false);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, pcm.samples().length),
        AudioFileFormat.Type.WAVE,
        file.toFile());
  }
}
