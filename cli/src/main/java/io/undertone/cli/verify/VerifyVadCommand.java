package io.undertone.cli.verify;

import io.undertone.audio.evaluation.FrameScore;
import io.undertone.audio.evaluation.VadEvaluation;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.audio.vad.SileroVad;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures voice activity detection on hand-labelled recordings. */
@Command(
    name = "verify-vad",
    description = {
      "Measures voice activity detection against labels, frame by frame; the last line is one JSON"
          + " object.",
      "DIR holds recordings and segments.csv with the columns path,start,end,speech,speaker:"
          + " start and end in seconds, speech 1 or 0, speaker anything."
    })
public final class VerifyVadCommand implements Callable<Integer> {

  @Option(
      names = "--only",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "Only recordings whose path starts with this.")
  private String pathPrefix = "";

  @Parameters(paramLabel = "DIR", description = "Folder of the labelled recordings.")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException {
    VadEvaluation.Report report = evaluate();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%d recordings, %d frames%n", report.recordings(), report.frames());
    print(out, "detector", report.detector());
    print(out, "segmenter", report.segmenter());
    out.println(
        JsonLines.of(
            Map.of("detector", json(report.detector()), "segmenter", json(report.segmenter()))));
    return 0;
  }

  private VadEvaluation.Report evaluate() throws UserErrorException {
    try (SileroVad detector = SileroVad.open()) {
      return new VadEvaluation(detector, SegmenterConfig.defaults())
          .evaluate(directory, pathPrefix);
    } catch (IOException e) {
      throw new UserErrorException(IoMessages.of(e), e);
    }
  }

  private static void print(PrintWriter out, String name, FrameScore score) {
    out.printf(
        Locale.ROOT,
        "%-10s precision %.3f  recall %.3f  F1 %.3f%n",
        name,
        score.precision(),
        score.recall(),
        score.f1());
  }

  private static Map<String, Double> json(FrameScore score) {
    Map<String, Double> json = new LinkedHashMap<>();
    json.put("precision", score.precision());
    json.put("recall", score.recall());
    json.put("f1", score.f1());
    return json;
  }
}
