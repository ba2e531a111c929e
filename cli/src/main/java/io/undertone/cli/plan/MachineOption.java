package io.undertone.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.bench.simulation.MachineFigures;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.UserErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --bench}: the figures of a machine, from the last line of its bench. */
public final class MachineOption {
  private static final String MACHINE = "machine";

  @Option(
      names = "--bench",
      paramLabel = "FILE",
      description =
          "Output of `bench --json` on such a machine, whose figures replace those of two cores of"
              + " an AMD EPYC with the default model.")
  private @Nullable Path file;

  /** Whether a file was named. */
  public boolean given() {
    return file != null;
  }

  /**
   * The figures of the file, or those of {@link MachineFigures#DEFAULT}.
   *
   * @throws UserErrorException if the file has none
   */
  public MachineFigures figures() throws UserErrorException {
    if (file == null) {
      return MachineFigures.DEFAULT;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
      JsonNode machine = new ObjectMapper().readTree(last).path(MACHINE);
      if (!machine.isObject()) {
        throw new UserErrorException(
            file + ": the last line must be JSON of bench with \"machine\", but is not");
      }
      return of(machine);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new UserErrorException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserErrorException(IoMessages.of(e), e);
    }
  }

  private static MachineFigures of(JsonNode json) {
    return new MachineFigures(
        (int) number(json, "cores"),
        number(json, "batchMs"),
        number(json, "utteranceMs"),
        number(json, "spread"),
        number(json, "pathMs"),
        number(json, "deviceCores"),
        number(json, "baseCores"),
        number(json, "coresPerCall"));
  }

  private static double number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isNumber()) {
      throw new IllegalArgumentException(
          "machine.%s must be a number, but is %s".formatted(name, value));
    }
    return value.asDouble();
  }
}
