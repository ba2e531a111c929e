package io.undertone.cli.classify;

import io.undertone.cli.recording.Recording;
import io.undertone.cli.terminal.UtteranceTable;
import io.undertone.model.ModelVersion;
import io.undertone.schemas.Role;
import java.io.PrintWriter;
import java.util.Locale;

/** For people: a table a file. */
final class HeardTable implements HeardPrinter {
  private final PrintWriter out;
  private final UtteranceTable table;
  private int utterances;

  HeardTable(PrintWriter out) {
    this.out = out;
    this.table = new UtteranceTable(out);
  }

  @Override
  public void begin(Recording recording, ModelVersion model) {
    utterances = 0;
    table.header();
  }

  @Override
  public void print(Recording recording, HeardUtterance heard) {
    utterances++;
    Role role = heard.side().role();
    table.utterance(
        recording.conversationId(),
        role == Role.UNKNOWN
            ? "channel " + heard.side().channel()
            : role.name().toLowerCase(Locale.ROOT),
        heard.utterance().beginOffsetMs(),
        heard.utterance().endOffsetMs(),
        heard.recognition().estimate().emotion().longName(),
        heard.recognition().estimate().byLongName(),
        "");
  }

  @Override
  public void end(Recording recording) {
    if (utterances == 0) {
      out.println(recording.conversationId() + ": nobody speaks");
    }
    out.println();
    out.flush();
  }
}
