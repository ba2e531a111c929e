package io.undertone.cli.k8s;

import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Options of the job in a file, as it reads them. */
final class JobOptionsFile {
  private JobOptionsFile() {}

  static JobOptions parse(String yaml) throws IOException, InvalidOptionException {
    Path file = Files.createTempFile("options", ".yaml");
    try {
      Files.writeString(file, yaml);
      return JobOptions.parse(new String[] {"--options", file.toString()});
    } finally {
      Files.delete(file);
    }
  }
}
