package io.undertone.model.torch.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Copies tensors of a safetensors file as they are, so that 16 bits stay 16 bits. */
public final class SafetensorsCopy {

  private SafetensorsCopy() {}

  /**
   * Copies some tensors, in their order, and what the file says of itself.
   *
   * @param names of the tensors
   * @throws ModelFileException if {@code from} is missing or invalid
   */
  public static void copy(Path from, Path to, Predicate<String> names) throws IOException {
    try (FileChannel in = FileChannel.open(from)) {
      SafetensorsHeader.Contents contents = SafetensorsHeader.read(from, in);
      Map<String, SafetensorsFile.Entry> tensors = new LinkedHashMap<>(contents.tensors());
      tensors.keySet().removeIf(names.negate());
      SafetensorsHeaderWriter header = new SafetensorsHeaderWriter(contents.metadata());
      tensors.forEach(
          (name, tensor) ->
              header.add(name, tensor.type(), tensor.shape().getShape(), tensor.lengthBytes()));
      try (FileChannel out =
          FileChannel.open(
              to,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        SafetensorsWriter.writeFully(out, header.toBytes());
        for (SafetensorsFile.Entry tensor : tensors.values()) {
          transfer(in, out, tensor);
        }
      }
    } catch (NoSuchFileException e) {
      throw new ModelFileException(from, "file must exist", e);
    }
  }

  private static void transfer(FileChannel in, FileChannel out, SafetensorsFile.Entry tensor)
      throws IOException {
    long done = 0;
    while (done < tensor.lengthBytes()) {
      done += in.transferTo(tensor.offsetBytes() + done, tensor.lengthBytes() - done, out);
    }
  }
}
