package io.undertone.cli.evaluate;

import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.ModelOption;
import io.undertone.cli.terminal.ModelSource;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.EmotionModel;
import io.undertone.model.torch.corpus.Clip;
import io.undertone.model.torch.corpus.ClipAudio;
import io.undertone.model.torch.corpus.CorpusException;
import io.undertone.model.torch.corpus.Manifest;
import io.undertone.model.torch.corpus.ProgressLog;
import io.undertone.model.torch.corpus.Split;
import io.undertone.model.torch.evaluation.ClipEvaluation;
import io.undertone.model.torch.evaluation.Scores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a model on labelled clips. */
@Command(
    name = "evaluate",
    description = {
      "Hears labelled clips, each as a call of one utterance, and tells how many it heard right:"
          + " weighted accuracy WA, unweighted accuracy UA, weighted F1 WF1, for each corpus.",
      "The manifest is that of 'undertone train'."
    })
public final class EvaluateCommand implements Callable<Integer> {

  private final ModelSource models;

  @Mixin private ModelOption model = new ModelOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--manifest", required = true, paramLabel = "FILE", description = "The clips.")
  private Path manifest = Path.of("");

  @Option(
      names = "--audio",
      required = true,
      paramLabel = "DIR",
      description = "Root of the manifest's paths (WAV or FLAC).")
  private Path audio = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Split split = Split.TEST;

  @Option(
      names = "--corpora",
      split = ",",
      paramLabel = "NAME",
      description = "Hear these corpora only (default: all).")
  private Set<String> corpora = Set.of();

  @Option(names = "--json", description = "End with one JSON line.")
  private boolean json;

  public EvaluateCommand(ModelSource models) {
    this.models = models;
  }

  @Override
  public Integer call() throws IOException, UserErrorException {
    if (!Files.isReadable(manifest)) {
      throw new UserErrorException(manifest + " must be a manifest, but cannot be read");
    }
    try {
      SortedMap<String, Scores> scores = scores();
      PrintWriter out = spec.commandLine().getOut();
      scores.forEach((corpus, score) -> out.printf(Locale.ROOT, "%-12s %s%n", corpus, score));
      if (json) {
        Map<String, Map<String, Double>> clips = new TreeMap<>();
        scores.forEach((corpus, score) -> clips.put(corpus, measures(score)));
        out.println(JsonLines.of(Map.of("clips", clips)));
      }
      return 0;
    } catch (CorpusException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  private SortedMap<String, Scores> scores() throws IOException, UserErrorException {
    List<Clip> clips =
        Manifest.read(manifest, corpora).stream().filter(clip -> clip.split() == split).toList();
    if (clips.isEmpty()) {
      throw new UserErrorException(manifest + " has no clips of split " + split);
    }
    try (EmotionModel opened = model.open(models)) {
      ClipAudio recordings = new ClipAudio(audio, opened.sampleRateHz());
      return new ClipEvaluation(opened, recordings, new ProgressLog(System.err)).run(clips);
    }
  }

  private static Map<String, Double> measures(Scores scores) {
    return new TreeMap<>(
        Map.of(
            "UA", scores.unweightedAccuracy(),
            "WA", scores.weightedAccuracy(),
            "WF1", scores.weightedF1()));
  }
}
