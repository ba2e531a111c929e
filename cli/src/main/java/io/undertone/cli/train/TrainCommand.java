package io.undertone.cli.train;

import io.undertone.cli.terminal.GivenOptions;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.training.ProgressLog;
import io.undertone.training.adapter.AdapterPlan;
import io.undertone.training.adapter.AdapterTraining;
import io.undertone.training.finetuning.Comparison;
import io.undertone.training.finetuning.ComparisonTable;
import io.undertone.training.finetuning.FineTuning;
import io.undertone.training.recipe.Training;
import io.undertone.training.recipe.TrainingData;
import io.undertone.training.recipe.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model on the labelled clips of a manifest, or adapts a finished one to them. */
@Command(
    name = "train",
    description = {
      "Trains a speech tokenizer and a speech language model on labelled clips, through a"
          + " pretrained encoder.",
      "The manifest is a CSV file with the columns path, corpus, speaker, emotion, emotion4 (hap,"
          + " sad, ang, neu or empty) and official_split (train, dev, test, or empty for train)."
          + " Optional columns are gender, weak (neutral, or probabilities such as"
          + " hap=0.1;sad=0.06;ang=0.1;neu=0.74, for speech without a label), begin_ms and"
          + " end_ms. 'undertone everyday' makes a manifest of everyday speech.",
      "A stopped run resumes with the round in which it was, and gives the same weights."
          + " The round with the lowest loss on the dev clips is kept. Progress goes to standard"
          + " error.",
      "With --from, adapts a finished model to the clips within minutes, and compares both on the"
          + " dev clips. docs/training.md says how to label your own calls for it.",
      "With --base, trains an emotion LoRA on a Llama checkpoint, which stays frozen, for tokens of"
          + " a finished speech tokenizer."
    })
public final class TrainCommand implements Callable<Integer> {

  /** What a finished model has settled. */
  private static final String[] WITHOUT_EFFECT = {
    "--encoder",
    "--encoder-layers",
    "--dynamics",
    "--seed",
    "--tokenizer-epochs",
    "--language-model-steps",
    "--temperature"
  };

  private final ProgressLog progress = new ProgressLog(System.err);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TrainingInput input = new TrainingInput();

  @Mixin private BaseOptions base = new BaseOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the new model.")
  private Path out = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Folder of a finished model to adapt to the clips.")
  private @Nullable Path from;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Folder for the state between runs (default: OUT.work).")
  private @Nullable Path work;

  @Option(
      names = "--dynamics",
      paramLabel = "FILE",
      description =
          "JSON of emotion transitions in dialogues (default: an emotion persists 3 times in 4).")
  private @Nullable Path dynamics;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The model's name (default: ${DEFAULT-VALUE}; with --from, the names of that model and of"
              + " the new folder; with --base, that of the new folder).")
  private String name = TrainingPlan.DEFAULT.name();

  @Option(
      names = "--language-model-steps",
      paramLabel = "COUNT",
      description =
          "Steps of 8 dialogues of 512 tokens, or of --sequences-per-step and --window-tokens"
              + " (default: ${DEFAULT-VALUE}).")
  private int languageModelSteps = TrainingPlan.DEFAULT.decoderSteps();

  @Option(
      names = "--temperature",
      paramLabel = "NUMBER",
      description =
          "Temperature of the estimates, as 'undertone leave-one-out' finds it (default:"
              + " ${DEFAULT-VALUE}).")
  private double temperature = TrainingPlan.DEFAULT.temperature();

  @Override
  public Integer call() throws IOException, UserErrorException {
    Path state = work == null ? out.resolveSibling(out.getFileName() + ".work") : work;
    base.check(GivenOptions.of(spec));
    TrainingErrors.translated(work(state));
    return 0;
  }

  private TrainingErrors.Work work(Path state) {
    if (base.checkpoint().isPresent()) {
      return () -> trainOn(base.checkpoint().get(), state);
    }
    Path source = from;
    return source == null ? () -> train(state) : () -> fineTune(source, state);
  }

  private void trainOn(Path checkpoint, Path state) throws IOException, UserErrorException {
    String newName =
        GivenOptions.of(spec).has("--name")
            ? name
            : out.toAbsolutePath().normalize().getFileName().toString();
    AdapterPlan plan =
        TrainingErrors.settings(() -> base.plan(newName, input.seed(), languageModelSteps));
    new AdapterTraining(
            input.source(Optional.ofNullable(dynamics)),
            checkpoint,
            base.tokenizer(),
            plan,
            input.device(),
            progress)
        .run(state, out);
  }

  private void train(Path state) throws IOException, UserErrorException {
    TrainingData data = input.data(Optional.ofNullable(dynamics));
    TrainingPlan plan =
        TrainingErrors.settings(
            () ->
                new TrainingPlan(
                    name, input.seed(), input.tokenizerEpochs(), languageModelSteps, temperature));
    new Training(data, plan, input.device(), progress).run(state, input.features(state), out);
  }

  private void fineTune(Path source, Path state) throws IOException, UserErrorException {
    GivenOptions given = GivenOptions.of(spec);
    given.refuse("with --from", WITHOUT_EFFECT);
    Optional<String> newName = given.has("--name") ? Optional.of(name) : Optional.empty();
    Optional<Comparison> comparison =
        new FineTuning(source, input.clips(), input.device(), progress)
            .run(newName, state, input.features(state), out);
    ComparisonTable.print(comparison, spec.commandLine().getOut());
  }
}
