package io.undertone.cli.train;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.recipe.Training;
import io.undertone.training.recipe.TrainingData;
import io.undertone.training.recipe.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a model on the labelled clips of a manifest. */
@Command(
    name = "train",
    description = {
      "Trains a speech tokenizer and a speech language model on labelled clips, on one core.",
      "The manifest is a CSV file with the columns path, corpus, speaker, emotion, emotion4 (hap,"
          + " sad, ang, neu or empty) and official_split (train, dev, test, or empty for train).",
      "A stopped run resumes with the round in which it was, and gives the same weights."
          + " The round with the lowest loss on the dev clips is kept. Progress goes to standard"
          + " error."
    })
public final class TrainCommand implements Callable<Integer> {

  @Option(names = "--manifest", required = true, paramLabel = "FILE", description = "The clips.")
  private Path manifest = Path.of("");

  @Option(
      names = "--audio",
      required = true,
      paramLabel = "DIR",
      description = "Root of the manifest's paths (WAV or FLAC).")
  private Path audio = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the new model.")
  private Path out = Path.of("");

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Folder for the state between runs (default: OUT.work).")
  private @Nullable Path work;

  @Option(
      names = "--corpora",
      split = ",",
      paramLabel = "NAME",
      description = "Train on these corpora only (default: all).")
  private Set<String> corpora = Set.of();

  @Option(
      names = "--dynamics",
      paramLabel = "FILE",
      description =
          "JSON of emotion transitions in dialogues (default: an emotion persists 3 times in 4).")
  private @Nullable Path dynamics;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name (default: ${DEFAULT-VALUE}).")
  private String name = TrainingPlan.DEFAULT.name();

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description =
          "Seed of all random numbers; the same seed gives the same model (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed = TrainingPlan.DEFAULT.seed();

  @Option(
      names = "--tokenizer-epochs",
      paramLabel = "COUNT",
      description = "Passes over the clips (default: ${DEFAULT-VALUE}).")
  private int tokenizerEpochs = TrainingPlan.DEFAULT.tokenizerEpochs();

  @Option(
      names = "--language-model-steps",
      paramLabel = "COUNT",
      description = "Steps of 8 dialogues of 512 tokens (default: ${DEFAULT-VALUE}).")
  private int languageModelSteps = TrainingPlan.DEFAULT.decoderSteps();

  @Override
  public Integer call() throws IOException, UserErrorException {
    if (!Files.isReadable(manifest)) {
      throw new UserErrorException(
          "cannot read manifest " + manifest + ": it is missing or not readable");
    }
    try {
      TrainingData data = new TrainingData(manifest, audio, corpora, Optional.ofNullable(dynamics));
      TrainingPlan plan = new TrainingPlan(name, seed, tokenizerEpochs, languageModelSteps);
      Path kept = work == null ? out.resolveSibling(out.getFileName() + ".work") : work;
      new Training(data, plan, new ProgressLog(System.err)).run(kept, out);
      return 0;
    } catch (CorpusException | TrainingException | IllegalArgumentException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }
}
