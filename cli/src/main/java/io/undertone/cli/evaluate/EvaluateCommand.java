package io.undertone.cli.evaluate;

import io.undertone.cli.model.ModelOption;
import io.undertone.cli.model.PriorConverter;
import io.undertone.cli.terminal.GivenOptions;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.ManifestOptions;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.ManifestClips;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a model on labelled clips and dialogues, and judges it on recordings without labels. */
@Command(
    name = "evaluate",
    description = {
      "Evaluates a model on labelled clips, each as a call of one utterance (--manifest), or on"
          + " labelled dialogues (--conversations). Prints accuracies WA and UA, F1 score WF1,"
          + " negative log likelihood NLL and calibration error ECE.",
      "Of recordings without labels (--recordings) it prints the share of each emotion, and alarms"
          + " of anger an hour.",
      "The manifest has the format of 'undertone train'; docs/evaluation.md describes dialogues,"
          + " whose paths are relative to --audio, and metrics."
    })
public final class EvaluateCommand implements Callable<Integer> {

  private static final String MEMORY = "memory";

  private final ProgressLog progress = new ProgressLog(System.err);

  /** In float32, so that a model's figures do not depend on the machine. */
  @Mixin private ModelOption model = new ModelOption(ArithmeticChoice.FLOAT32);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ManifestOptions manifest = new ManifestOptions();

  @Option(
      names = "--prior",
      paramLabel = "PRIOR",
      converter = PriorConverter.class,
      description =
          "How probable each emotion is before anything is known of an utterance (default:"
              + " ${DEFAULT-VALUE}, as in corpora of acted speech).")
  private EmotionPrior prior = EmotionPrior.UNIFORM;

  @Mixin private ClipOptions clips = new ClipOptions();

  @Mixin private DialogueOptions dialogues = new DialogueOptions();

  @Mixin private UnlabelledOptions unlabelled = new UnlabelledOptions();

  @Mixin(name = MEMORY)
  private MemoryOptions memory = new MemoryOptions();

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Write plots of the dialogues' results into this directory (SVG).")
  private @Nullable Path plots;

  @Option(names = "--json", description = "End with one JSON line.")
  private boolean json;

  @Override
  public Integer call() throws IOException, UserErrorException {
    if (!manifest.areGiven() && !dialogues.areGiven() && !unlabelled.areGiven()) {
      throw new UserErrorException(
          "nothing to evaluate; give --manifest, --conversations, --choose-on or --recordings");
    }
    Path root = dialogues.areGiven() ? requiredAudio() : Path.of("");
    rejectWithoutEffect(GivenOptions.of(spec), Objects.requireNonNull(spec.mixins().get(MEMORY)));
    try {
      Map<String, Object> result = evaluate(root, spec.commandLine().getOut());
      if (json) {
        spec.commandLine().getOut().println(JsonLines.of(result));
      }
      return 0;
    } catch (CorpusException | ModelFileException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads all input, so that a bad one fails before any work starts, and evaluates it. */
  private Map<String, Object> evaluate(Path root, PrintWriter out)
      throws IOException, UserErrorException {
    Optional<ClipRun> clipRun = manifest.areGiven() ? Optional.of(clipRun()) : Optional.empty();
    DialogueRun run = new DialogueRun(dialogues, memory, root, prior);
    UnlabelledRun unlabelledRun = new UnlabelledRun(unlabelled, dialogues.bootstrap(), prior);
    Map<String, Object> result = new LinkedHashMap<>();
    if (clipRun.isPresent()) {
      result.put("clips", clipRun.get().evaluate(model, out, progress));
    }
    if (dialogues.areGiven()) {
      result.putAll(run.evaluate(model, plots, out, progress));
    }
    if (unlabelled.areGiven()) {
      result.put("recordings", unlabelledRun.evaluate(model, out, progress));
    }
    return result;
  }

  private ClipRun clipRun() throws IOException, UserErrorException {
    ManifestClips all = manifest.clips();
    return new ClipRun(all, clips.of(all), prior);
  }

  /** A file of dialogues may be far from its recordings. */
  private Path requiredAudio() throws UserErrorException {
    return manifest
        .audio()
        .orElseThrow(
            () ->
                new UserErrorException(
                    "Missing option '--audio=DIR': the folder that paths in --conversations and"
                        + " --choose-on are relative to"));
  }

  private static void rejectWithoutEffect(GivenOptions given, CommandSpec memory)
      throws UserErrorException {
    if (!given.has("--manifest")) {
      given.refuse("without --manifest", "--split", "--corpora");
    }
    if (!given.has("--conversations")) {
      given.refuse("without --conversations", "--plots", "--ablation");
    }
    if (given.has("--ablation")) {
      given.refuse("with --ablation", "--saved-weights", "--saved-optimizer");
    }
    if (!given.has("--conversations") && !given.has("--recordings")) {
      given.refuse("without --conversations or --recordings", "--seed");
    }
    if (!given.has("--recordings")) {
      given.refuse("without --recordings", "--alarm-at");
    }
    if (!given.has("--conversations") && !given.has("--choose-on")) {
      given.refuse("without --conversations", "--stay");
      given.refuse("without --conversations or --choose-on", "--role");
      given.refuse(
          "without --conversations or --choose-on",
          memory.optionsMap().keySet().toArray(String[]::new));
      if (!given.has("--manifest")) {
        given.refuse("with --recordings alone", "--audio");
      }
    }
  }
}
