package io.undertone.cli.leaveout;

import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.cli.train.TrainingErrors;
import io.undertone.cli.train.TrainingInput;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.training.ProgressLog;
import io.undertone.training.leaveout.LeaveOneOut;
import io.undertone.training.leaveout.LeftOutReport;
import io.undertone.training.leaveout.LeftOutTable;
import io.undertone.training.recipe.TrainingData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges the recipe of training on corpora that were left out. */
@Command(
    name = "leave-one-out",
    description = {
      "For each labelled corpus of the manifests, trains tokenizer and utterance head on the"
          + " others, and estimates its train and dev clips. Test clips are never used.",
      "Prints accuracies as recorded and over telephone lines, calibration before and after the"
          + " temperature that was found on the other corpora, and what is estimated for everyday"
          + " speech of held-out recordings. A stopped run resumes."
    })
public final class LeaveOneOutCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TrainingInput input = new TrainingInput();

  @Option(
      names = "--work",
      required = true,
      paramLabel = "DIR",
      description = "Folder for results and the state between runs.")
  private Path work = Path.of("");

  @Option(names = "--json", description = "End with one JSON line.")
  private boolean json;

  @Override
  public Integer call() throws IOException, UserErrorException {
    TrainingErrors.translated(this::run);
    return 0;
  }

  private void run() throws IOException, UserErrorException {
    TrainingData data = input.data(Optional.empty());
    DeviceChoice device = input.device();
    ProgressLog progress = new ProgressLog(System.err);
    LeaveOneOut leaveOneOut =
        TrainingErrors.settings(
            () -> new LeaveOneOut(data, input.tokenizerEpochs(), input.seed(), device, progress));
    LeftOutReport report = leaveOneOut.run(work, input.features(work));
    PrintWriter out = spec.commandLine().getOut();
    LeftOutTable.print(report, out);
    if (json) {
      out.println(JsonLines.of(LeftOutJson.of(report)));
    }
  }
}
