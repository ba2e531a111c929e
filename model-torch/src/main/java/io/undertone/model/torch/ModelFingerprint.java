package io.undertone.model.torch;

import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Identifies a model, or a part of one: SHA-256, cut to 64 bits, over name, length and bytes of all
 * files that may change a result. Documentation changes do not invalidate saved memories.
 */
public final class ModelFingerprint {
  private static final int FINGERPRINT_BYTES = 8;
  private static final int BUFFER_BYTES = 1 << 20;

  private ModelFingerprint() {}

  /** 16 hexadecimal digits. */
  public static String of(Path directory) {
    MessageDigest digest = sha256();
    for (Path file : files(directory)) {
      try {
        addTo(digest, directory, file);
      } catch (IOException e) {
        throw new ModelFileException(file, "cannot be read: " + e.getMessage(), e);
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
  }

  /** The JSON, safetensors and ONNX files of the model, in the order of their names. */
  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json") || isWeights(file))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ModelFileException(directory, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isWeights(Path file) {
    return file.toString().endsWith(".safetensors") || file.toString().endsWith(".onnx");
  }

  private static void addTo(MessageDigest digest, Path directory, Path file) throws IOException {
    String name = directory.relativize(file).toString();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(1 + Long.BYTES).putLong(1, Files.size(file)).array());
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
