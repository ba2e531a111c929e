package io.undertone.model.torch.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Properties of a processor that decide which arithmetic is fastest.
 *
 * @param intel whether Intel made it: MKL uses AVX-512 on no others
 * @param bfloat16 whether it has AVX-512 instructions for products of bfloat16 numbers
 * @param tiles whether it has AMX instructions for them
 */
public record Processor(boolean intel, boolean bfloat16, boolean tiles) {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final Processor UNKNOWN = new Processor(false, false, false);

  /** The processor of this machine. Other systems than Linux report no property. */
  public static Processor ofThisMachine() {
    if (!Files.exists(DESCRIPTION)) {
      return UNKNOWN;
    }
    try {
      return parse(Files.readString(DESCRIPTION));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the form of /proc/cpuinfo, lines of "name : words". */
  static Processor parse(String description) {
    Set<String> flags = words(description, "flags");
    return new Processor(
        words(description, "vendor_id").contains("GenuineIntel"),
        flags.contains("avx512_bf16"),
        flags.contains("amx_bf16"));
  }

  /**
   * Whether it multiplies bfloat16 numbers faster than float32. With AVX-512 alone, Intel's take
   * twice the time; virtual machines may hide AMX.
   */
  public boolean multipliesBfloat16Faster() {
    return bfloat16 && (tiles || !intel);
  }

  private static Set<String> words(String description, String name) {
    return description
        .lines()
        .map(line -> line.split(":", 2))
        .filter(line -> line.length == 2 && line[0].strip().equals(name))
        .flatMap(line -> Arrays.stream(line[1].strip().split(" ")))
        .collect(Collectors.toSet());
  }
}
