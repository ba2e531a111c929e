package io.undertone.cli.classify;

import io.undertone.cli.recording.Recording;
import io.undertone.cli.terminal.CharacteristicsLines;
import io.undertone.cli.terminal.UtteranceTable;
import io.undertone.model.ModelVersion;
import io.undertone.schemas.Role;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a table for each file, and the characteristics of the call below it. */
final class TablePrinter implements ResultPrinter {
  private final PrintWriter out;
  private final UtteranceTable table;
  private int calls;

  TablePrinter(PrintWriter out) {
    this.out = out;
    this.table = new UtteranceTable(out);
  }

  @Override
  public void begin(Recording recording, ModelVersion model) {
    if (calls > 0) {
      out.println();
    }
    calls++;
    table.header();
  }

  @Override
  public void print(Recording recording, ClassifiedUtterance result) {
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
  public void end(Recording recording, HeardCall call) {
    if (call.isSilent()) {
      out.println(recording.conversationId() + ": no speech");
    } else {
      CharacteristicsLines.of(call.characteristics())
          .forEach(line -> out.println(recording.conversationId() + ": " + line));
    }
    out.flush();
  }
}
