package io.undertone.cli.verify;

import io.undertone.cli.model.DeviceOption;
import io.undertone.cli.terminal.FailureLines;
import io.undertone.cli.terminal.GivenOptions;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.evaluation.conformance.ConformanceReport;
import io.undertone.evaluation.conformance.EncoderConformance;
import io.undertone.evaluation.conformance.EncoderReport;
import io.undertone.evaluation.conformance.LogitConformance;
import io.undertone.evaluation.conformance.LogitReport;
import io.undertone.evaluation.conformance.ModelConformance;
import io.undertone.evaluation.conformance.Precision;
import io.undertone.model.torch.files.ModelFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "DIR is one of three: the fixtures of a language model (base/, emotion-lora/,"
          + " temp-lora-*.safetensors, expected.json), whose logits and memory updates are"
          + " compared; a model's folder (undertone.json), whose logits are compared; or a Whisper"
          + " encoder (model.safetensors and, where there is one, config.json), whose spectra and"
          + " layers are compared, in float32 and in bfloat16."
    })
public final class VerifyModelCommand implements Callable<Integer> {

  @Option(
      names = "--expected",
      paramLabel = "FILE",
      description =
          "The reference: JSON for a model's folder, safetensors for an encoder (default:"
              + " expected.safetensors in DIR).")
  private @Nullable Path expected;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description =
          "Precision of a language model's matrices: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private Precision precision = Precision.FLOAT32;

  @Mixin private DeviceOption device = new DeviceOption();

  @Parameters(
      paramLabel = "DIR",
      description = "Folder of the fixtures, of the model or of the encoder.")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException {
    try {
      if (LogitConformance.isModel(directory)) {
        return verifyLogits();
      }
      return EncoderConformance.isEncoder(directory) ? verifyEncoder() : verifyFixtures();
    } catch (ModelFileException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  private int verifyFixtures() throws UserErrorException {
    GivenOptions.of(spec).refuse("with fixtures", "--expected");
    ConformanceReport report = ModelConformance.verify(directory, precision, device.device());
    String tolerances =
        String.format(Locale.ROOT, "%s, or %.0e of the LoRA", tolerance(), report.loraTolerance());
    return print(report.passed(), tolerances, JsonLines.of(report));
  }

  private int verifyLogits() throws UserErrorException {
    if (expected == null) {
      throw new UserErrorException("--expected must be given with a model's folder");
    }
    LogitReport report = LogitConformance.verify(directory, expected, precision, device.device());
    return print(report.passed(), tolerance(), JsonLines.of(report));
  }

  private String tolerance() {
    return String.format(
        Locale.ROOT,
        "in %s no %s may be above %.0e",
        precision.name().toLowerCase(Locale.ROOT),
        precision.isRelative() ? "relative difference" : "difference",
        precision.tolerance());
  }

  private int verifyEncoder() throws UserErrorException {
    GivenOptions.of(spec).refuse("with an encoder", "--precision");
    Path reference =
        expected == null ? directory.resolve(EncoderConformance.EXPECTED_FILE) : expected;
    EncoderReport report = EncoderConformance.verify(directory, reference, device.device());
    String tolerances =
        String.format(
            Locale.ROOT,
            "no difference may be above %.0e in spectra and %.0e of the norm in layers, %.0e in"
                + " bfloat16",
            EncoderReport.MEL_TOLERANCE,
            EncoderReport.LAYER_TOLERANCE,
            EncoderReport.BFLOAT16_TOLERANCE);
    return print(report.passed(), tolerances, JsonLines.of(report));
  }

  private int print(boolean passed, String tolerances, String json) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s the reference: %s%n", passed ? "agrees with" : "differs from", tolerances);
    out.println(json);
    return passed ? 0 : FailureLines.FAILED;
  }
}
