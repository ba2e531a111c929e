package io.undertone.cli.bench;

import io.undertone.bench.jmh.MicroBench;
import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.bench.measure.Stopwatch;
import io.undertone.bench.pipeline.BenchFailedException;
import io.undertone.bench.pipeline.CheckpointSizes;
import io.undertone.bench.pipeline.ChunkFlood;
import io.undertone.bench.pipeline.LiveCalls;
import io.undertone.bench.pipeline.LiveForecast;
import io.undertone.bench.pipeline.Soak;
import io.undertone.bench.pipeline.SoakPlan;
import io.undertone.bench.plan.ModelShape;
import io.undertone.bench.plan.Work;
import io.undertone.bench.recognizer.CallLengthBench;
import io.undertone.bench.recognizer.EncoderBench;
import io.undertone.bench.recognizer.RecognizerBench;
import io.undertone.bench.report.BenchPlots;
import io.undertone.bench.report.BenchReport;
import io.undertone.bench.report.BenchTable;
import io.undertone.bench.voice.VoiceActivityBench;
import io.undertone.cli.model.ModelOption;
import io.undertone.cli.model.ModelSource;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.GivenOptions;
import io.undertone.cli.terminal.Home;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.EmotionModelFactory;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.device.DeviceChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the pipeline's speed on this machine. */
@Command(
    name = "bench",
    description = {
      "Measures the pipeline and each of its parts on this machine.",
      "Figures per core count processor time; those of the whole pipeline need a quiet machine."
    })
public final class BenchCommand implements Callable<Integer> {
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--effort",
      description =
          "How much to measure: SMOKE, everything once and small, as a smoke test; QUICK, all"
              + " figures within ten minutes on two cores; or FULL, more sizes and repetitions"
              + " (default: ${DEFAULT-VALUE}).",
      defaultValue = "FULL")
  private Effort effort = Effort.FULL;

  @Option(names = "--quick", description = "All figures within ten minutes: --effort quick.")
  private boolean quick;

  @Option(names = "--json", description = "The last line of output is all figures as JSON.")
  private boolean json;

  @Option(names = "--plots", paramLabel = "DIR", description = "Writes pictures into a folder.")
  private @Nullable Path plots;

  @Option(
      names = "--speech",
      paramLabel = "FILE",
      description =
          "Speech of the calls: the first channel of a WAV or FLAC file (default: a demo call).")
  private Path speech = Home.bundledCalls().resolve("lost-parcel.flac");

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      description =
          "Only a soak test: 60 live calls for this many minutes, at least "
              + SoakPlan.LEAST_MINUTES
              + ", while the process's memory is measured.")
  private @Nullable Integer soakMinutes;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ModelSource models;

  public BenchCommand(ModelSource models) {
    this.models = models;
  }

  @Override
  public Integer call() throws UserErrorException, CommandFailedException, InterruptedException {
    GivenOptions given = GivenOptions.of(spec);
    if (quick) {
      given.refuse("beside --quick", "--effort");
    }
    if (soakMinutes != null) {
      given.refuse("beside --soak", "--quick", "--effort", "--plots");
      return soak(soakMinutes);
    }
    BenchReport report = measure(quick ? Effort.QUICK : effort);
    PrintWriter out = spec.commandLine().getOut();
    new BenchTable(out).print(report);
    try {
      if (plots != null) {
        BenchPlots.write(report, plots);
      }
    } catch (IOException e) {
      throw new CommandFailedException(IoMessages.of(e), e);
    }
    if (json) {
      out.println(JsonLines.of(report.json()));
    }
    return 0;
  }

  private int soak(int minutes)
      throws UserErrorException, CommandFailedException, InterruptedException {
    if (minutes < SoakPlan.LEAST_MINUTES) {
      throw new UserErrorException(
          "--soak must be at least " + SoakPlan.LEAST_MINUTES + " minutes, but is " + minutes);
    }
    EmotionModelFactory factory = model.factory(models, EmotionPrior.CALLS);
    SpeechClips said = spoken(speech());
    PrintWriter out = spec.commandLine().getOut();
    SoakReport report = new SoakReport(out);
    try {
      Soak.Result result = Soak.run(factory, said, SoakPlan.ofMinutes(minutes), report::minute);
      report.end(result);
      if (json) {
        out.println(JsonLines.of(SoakReport.json(result)));
      }
      return 0;
    } catch (BenchFailedException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private BenchReport measure(Effort size)
      throws UserErrorException, CommandFailedException, InterruptedException {
    Path directory = model.directory();
    DeviceChoice device = model.device();
    EmotionModelFactory factory = model.factory(models, EmotionPrior.CALLS);
    SpeechClips call = speech();
    SpeechClips said = spoken(call);
    Stopwatch watch = Stopwatch.start();
    note("codecs, tokens and updates, one operation at a time");
    Map<String, Double> micros =
        MicroBench.run(directory, model.arithmetic(), device, speech, size);
    note("voice activity");
    VoiceActivityBench.Result voice = VoiceActivityBench.measure(call, size);
    note("the pretrained encoder");
    Optional<EncoderBench.Result> encoder = EncoderBench.run(directory, device, said, size);
    note("the recognizer, by batch size and along a call");
    RecognizerBench.Result recognizer;
    CallLengthBench.Result callLength;
    try (ModelHandle opened = model.open(models, EmotionPrior.CALLS)) {
      recognizer =
          new RecognizerBench(opened.model(), device, new Work(ModelShape.read(directory)), said)
              .run(size);
      callLength = CallLengthBench.run(opened.model(), said, size);
    }
    try {
      note("the pipeline without a model");
      ChunkFlood.Result flood = ChunkFlood.run(said, size);
      note("checkpoints");
      SortedMap<Integer, Long> checkpoints = CheckpointSizes.run(factory, said, size);
      note("live calls, in increasing numbers");
      LiveCalls.Result live = LiveCalls.run(factory, said, size);
      return new BenchReport(
          micros,
          voice,
          recognizer,
          encoder,
          callLength,
          flood,
          checkpoints,
          live,
          LiveForecast.of(live, recognizer),
          watch.elapsed().seconds());
    } catch (BenchFailedException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private SpeechClips speech() throws UserErrorException {
    try {
      return SpeechClips.read(speech);
    } catch (IOException e) {
      throw new UserErrorException(IoMessages.of(e), e);
    }
  }

  private SpeechClips spoken(SpeechClips call) throws UserErrorException {
    try {
      return call.withoutPauses();
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(speech + ": " + e.getMessage(), e);
    }
  }

  /** Progress goes to standard error: it is not a result. */
  private void note(String line) {
    spec.commandLine().getErr().println("undertone: " + line);
    spec.commandLine().getErr().flush();
  }
}
