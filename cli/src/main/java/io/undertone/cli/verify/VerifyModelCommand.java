package io.undertone.cli.verify;

import io.undertone.cli.terminal.FailureLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.training.conformance.ConformanceReport;
import io.undertone.training.conformance.ModelConformance;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares this implementation with the reference. */
@Command(
    name = "verify-model",
    description = {
      "Computes a model's logits and memory updates and compares them with the reference. The last"
          + " line is one JSON object; exit status 1 means that they differ.",
      "DIR holds base/, emotion-lora/, temp-lora-*.safetensors and expected.json."
    })
public final class VerifyModelCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Folder of the fixtures.")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UserErrorException {
    ConformanceReport report = verify();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s the reference: no difference may be above %.0e%n",
        report.passed() ? "agrees with" : "differs from",
        ConformanceReport.TOLERANCE);
    out.println(report.toJson());
    return report.passed() ? 0 : FailureLines.FAILED;
  }

  private ConformanceReport verify() throws UserErrorException {
    try {
      return ModelConformance.verify(directory);
    } catch (ModelFileException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }
}
