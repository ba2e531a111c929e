package io.undertone.cli.verify;

import io.undertone.cli.terminal.FailureLines;
import io.undertone.cli.terminal.GivenOptions;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.evaluation.conformance.ConformanceReport;
import io.undertone.evaluation.conformance.EncoderConformance;
import io.undertone.evaluation.conformance.EncoderReport;
import io.undertone.evaluation.conformance.ModelConformance;
import io.undertone.model.torch.files.ModelFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares this implementation with a reference. */
@Command(
    name = "verify-model",
    description = {
      "Compares this implementation with recorded results of a reference library. The last line is"
          + " one JSON object; exit status 1 means that they differ.",
      "DIR holds either the fixtures of a language model (base/, emotion-lora/,"
          + " temp-lora-*.safetensors, expected.json), whose logits and memory updates are compared,"
          + " or a Whisper encoder (model.safetensors and, where there is one, config.json), whose"
          + " spectra and layers are compared."
    })
public final class VerifyModelCommand implements Callable<Integer> {

  @Option(
      names = "--expected",
      paramLabel = "FILE",
      description = "An encoder's reference (default: expected.safetensors in DIR).")
  private @Nullable Path expected;

  @Parameters(paramLabel = "DIR", description = "Folder of the fixtures or of the encoder.")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException {
    try {
      return EncoderConformance.isEncoder(directory) ? verifyEncoder() : verifyModel();
    } catch (ModelFileException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  private int verifyModel() throws UserErrorException {
    GivenOptions.of(spec).refuse("without an encoder", "--expected");
    ConformanceReport report = ModelConformance.verify(directory);
    String tolerances =
        String.format(Locale.ROOT, "no difference may be above %.0e", ConformanceReport.TOLERANCE);
    return print(report.passed(), tolerances, JsonLines.of(report));
  }

  private int verifyEncoder() {
    Path reference =
        expected == null ? directory.resolve(EncoderConformance.EXPECTED_FILE) : expected;
    EncoderReport report = EncoderConformance.verify(directory, reference);
    String tolerances =
        String.format(
            Locale.ROOT,
            "no difference may be above %.0e in spectra and %.0e of the norm in layers",
            EncoderReport.MEL_TOLERANCE,
            EncoderReport.LAYER_TOLERANCE);
    return print(report.passed(), tolerances, JsonLines.of(report));
  }

  private int print(boolean passed, String tolerances, String json) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s the reference: %s%n", passed ? "agrees with" : "differs from", tolerances);
    out.println(json);
    return passed ? 0 : FailureLines.FAILED;
  }
}
