package io.undertone.cli.classify;

import io.undertone.cli.recording.Recording;
import io.undertone.cli.terminal.UtteranceTable;
import io.undertone.model.ModelVersion;
import io.undertone.schemas.Role;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a table for each file. */
final class TablePrinter implements ResultPrinter {
  private final PrintWriter out;
  private final UtteranceTable table;
  private int calls;
  private int utterances;

  TablePrinter(PrintWriter out) {
    this.out = out;
    this.table = new UtteranceTable(out);
  }

  @Override
  public void begin(Recording recording, ModelVersion model) {
    utterances = 0;
    if (calls > 0) {
      out.println();
    }
    calls++;
    table.header();
  }

  @Override
  public void print(Recording recording, ClassifiedUtterance result) {
    utterances++;
    Role role = result.side().role();
    table.utterance(
        recording.conversationId(),
        role == Role.UNKNOWN
            ? "channel " + result.side().channel()
            : role.name().toLowerCase(Locale.ROOT),
        result.utterance().beginOffsetMs(),
        result.utterance().endOffsetMs(),
        result.recognition().estimate().emotion().longName(),
        result.recognition().estimate().byLongName(),
        "");
  }

  @Override
  public void end(Recording recording) {
    if (utterances == 0) {
      out.println(recording.conversationId() + ": no speech");
    }
    out.flush();
  }
}
