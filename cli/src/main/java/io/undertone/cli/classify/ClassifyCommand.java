package io.undertone.cli.classify;

import io.undertone.audio.vad.SileroVad;
import io.undertone.cli.model.ModelOption;
import io.undertone.cli.model.ModelSource;
import io.undertone.cli.model.PriorConverter;
import io.undertone.cli.recording.Recording;
import io.undertone.cli.recording.RecordingOptions;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.ModelHandle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recognizes emotions in files, without Kafka and Flink. */
@Command(
    name = "classify",
    description = {
      "Prints the utterances in recordings, each with its emotion, and what they tell of the call.",
      "Each file is one call, and each of its channels is one side. Channels that --roles marks as"
          + " the agent's are skipped unless you select them with --channels."
    })
public final class ClassifyCommand implements Callable<Integer> {
  @Mixin private RecordingOptions recordings = new RecordingOptions();
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--channels",
      split = ",",
      paramLabel = "N",
      description = "Only these channels of each file, counted from 0, separated by commas.")
  private List<Integer> channels = List.of();

  @Option(
      names = "--prior",
      paramLabel = "PRIOR",
      converter = PriorConverter.class,
      description =
          "How probable each emotion is before anything is known of an utterance (default:"
              + " ${DEFAULT-VALUE}, as in the job).")
  private EmotionPrior prior = EmotionPrior.CALLS;

  @Option(names = "--json", description = "Print one JSON object per utterance, then one per call.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "WAV or FLAC, any rate.")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ModelSource models;

  public ClassifyCommand(ModelSource models) {
    this.models = models;
  }

  @Override
  public Integer call() throws UserErrorException {
    // Report bad files before the model opens, which takes longer.
    for (Path file : files) {
      read(file);
    }
    PrintWriter out = spec.commandLine().getOut();
    ResultPrinter printer = json ? new JsonPrinter(out) : new TablePrinter(out);
    try (ModelHandle opened = model.open(models, prior);
        SileroVad detector = SileroVad.open()) {
      FileClassifier classifier = new FileClassifier(opened.model(), detector, Recording.TENANT);
      for (Path file : files) {
        Recording call = read(file);
        printer.begin(call, opened.model().version());
        HeardCall heard = new HeardCall(call);
        classifier.classify(
            call,
            result -> {
              printer.print(call, result);
              heard.add(result);
            });
        printer.end(call, heard);
      }
    }
    return 0;
  }

  private Recording read(Path file) throws UserErrorException {
    Recording recording = recordings.read(file);
    if (!channels.isEmpty()) {
      return recording.only(channels);
    }
    Recording withoutAgent = recording.withoutAgent();
    if (withoutAgent.sides().isEmpty()) {
      throw new UserErrorException(
          "all channels of %s are the agent's: select channels with --channels, or change --roles"
              .formatted(file));
    }
    return withoutAgent;
  }
}
