package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.TorchDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads a decoder, and prints by how many bytes the resident memory grew at most. */
final class LoadingMemory {

  private LoadingMemory() {}

  /**
   * @param arguments the decoder's directory, a {@link WeightPrecision}, and the directory of a
   *     small decoder, which is loaded first: the code of the libraries takes memory too
   */
  public static void main(String[] arguments) throws IOException {
    try (TorchDevice device = TorchDevice.openCpu()) {
      NDManager manager = device.newManager();
      WeightPrecision precision = WeightPrecision.valueOf(arguments[1]);
      device.run(() -> LlamaWeights.load(Path.of(arguments[2]), precision, manager).close());
      long before = residentBytes("VmRSS");
      // Sets the highest resident memory, VmHWM, to the present one.
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      device.run(() -> LlamaWeights.load(Path.of(arguments[0]), precision, manager));
      System.out.println(residentBytes("VmHWM") - before);
    }
  }

  private static long residentBytes(String field) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(candidate -> candidate.startsWith(field + ":"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
