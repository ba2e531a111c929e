package io.undertone.cli;

import java.util.Locale;

/** Last lines of {@code bench --json}, as far as other commands read them. */
final class MachineLines {

  private MachineLines() {}

  static String ofUtterances(double utteranceMs) {
    return String.format(
        Locale.ROOT,
        "a table%n{\"cores\":2,\"machine\":{\"cores\":2,\"batchMs\":5,\"utteranceMs\":%s,\"spread\":0.2,"
            + "\"pathMs\":265,\"deviceCores\":1,\"baseCores\":0.2,\"coresPerCall\":0.0025}}%n",
        utteranceMs);
  }
}
