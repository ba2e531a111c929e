package io.undertone.cli.plan;

import com.sun.management.OperatingSystemMXBean;
import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.bench.plan.CapacityPlan;
import io.undertone.bench.plan.CapacityPlan.Load;
import io.undertone.bench.plan.DeviceFigures;
import io.undertone.bench.plan.ModelShape;
import io.undertone.bench.plan.Work;
import io.undertone.bench.recognizer.RecognizerBench;
import io.undertone.bench.simulation.FleetSize;
import io.undertone.bench.simulation.MachineFigures;
import io.undertone.cli.model.ModelOption;
import io.undertone.cli.model.ModelSource;
import io.undertone.cli.terminal.Home;
import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Devices, memory and traffic for a number of live calls. */
@Command(
    name = "plan",
    description = {
      "Computes what a number of live calls needs: devices, memory, state and checkpoint traffic.",
      "Each call has utterances of 3 s, one every 6 s on average; a checkpoint is taken every 10"
          + " s.",
      "How many calls a device serves in time is simulated.",
      "docs/performance.md explains the columns."
    })
public final class PlanCommand implements Callable<Integer> {
  private static final String LLAMA = "llama-2-7b-rank-";
  private static final String THIS_CORE = "this-core";
  private static final double GIB = 1L << 30;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A model's folder, or llama-2-7b-rank-N (default: models/undertone-small of this"
              + " checkout).")
  private String model = Home.defaultModel().toString();

  @Option(
      names = "--calls",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000,10000,100000,1000000",
      description = "Live calls, separated by commas (default: ${DEFAULT-VALUE}).")
  private List<Long> calls = List.of();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = THIS_CORE,
      description =
          "NAME:GFLOPS:FRACTION:GIB: the device's rate in float32 matrix products, the multiple of"
              + " it that the recognizer reaches, and its memory; or this-core, which measures one"
              + " core of this machine with the default model (default: ${DEFAULT-VALUE}).")
  private String device = THIS_CORE;

  @Option(
      names = "--channels-per-core",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Calls that one core serves beside the recognizer: decodes, orders, listens to (default:"
              + " ${DEFAULT-VALUE}).")
  private double channelsPerCore = 500;

  @Option(
      names = "--p95",
      paramLabel = "MS",
      defaultValue = "1000",
      description =
          "The bound of the 95th percentile from the end of an utterance to its event (default:"
              + " ${DEFAULT-VALUE}).")
  private double boundMs = 1_000;

  @Mixin private MachineOption machine = new MachineOption();

  @Option(names = "--json", description = "The last line of output is all figures as JSON.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ModelSource models;

  public PlanCommand(ModelSource models) {
    this.models = models;
  }

  @Override
  public Integer call() throws UserErrorException {
    try {
      ModelShape shape = shape();
      DeviceFigures figures = device.equals(THIS_CORE) ? measured() : DeviceFigures.parse(device);
      MachineFigures machineFigures =
          machine.given()
              ? machine.figures()
              : figures.machine(shape, Load.DEFAULT, channelsPerCore);
      FleetSize size = FleetSize.within(boundMs, machineFigures);
      List<CapacityPlan> plans =
          calls.stream()
              .map(
                  count ->
                      CapacityPlan.of(count, shape, figures, machineFigures, size, Load.DEFAULT))
              .toList();
      print(shape, figures, size, plans);
      return 0;
    } catch (IllegalArgumentException | ModelFileException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UserErrorException(IoMessages.of(e), e);
    }
  }

  private ModelShape shape() throws UserErrorException {
    if (model.startsWith(LLAMA)) {
      return ModelShape.llama2With7Billion(rank(model.substring(LLAMA.length())));
    }
    return ModelShape.read(ModelOption.checked("--model", Path.of(model)));
  }

  private static int rank(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("rank must be a whole number, but is " + text, e);
    }
  }

  /** One core of this machine, by a small run of the recognizer; memory is a core's share. */
  private DeviceFigures measured() throws IOException {
    Path directory = Home.defaultModel();
    SpeechClips speech =
        SpeechClips.read(Home.bundledCalls().resolve("lost-parcel.flac")).withoutPauses();
    try (ModelHandle opened =
        models.at(directory, EmotionPrior.CALLS, ArithmeticChoice.AUTO, DeviceChoice.CPU).open()) {
      RecognizerBench.Result result =
          new RecognizerBench(
                  opened.model(), DeviceChoice.CPU, new Work(ModelShape.read(directory)), speech)
              .run(Effort.QUICK);
      RecognizerBench.Row last = result.rows().get(result.rows().size() - 1);
      return new DeviceFigures(
          THIS_CORE, result.sgemmGflops(), last.sgemmFraction(), memoryOfACore());
    }
  }

  private static long memoryOfACore() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getTotalMemorySize() / Runtime.getRuntime().availableProcessors();
  }

  private void print(
      ModelShape shape, DeviceFigures figures, FleetSize size, List<CapacityPlan> plans) {
    PrintWriter out = spec.commandLine().getOut();
    line(
        out,
        "%s on %s: %.1f GFLOP/s in float32 products, of which the recognizer reaches %.0f %%",
        shape.name(),
        figures.name(),
        figures.gflops(),
        100 * figures.fraction());
    line(
        out,
        "weights %.1f MB, a call's memory %d bytes, in state with its last tokens %d",
        shape.weightBytes() / 1e6,
        shape.memoryBytes(),
        shape.stateBytes());
    line(
        out,
        "a device serves %d calls within %.0f ms (95 %%), busy for %.0f %% of the time",
        size.callsPerMachine(),
        size.most().latencyMs().p95(),
        100 * size.most().deviceUse());
    line(
        out,
        "    calls  devices  by work  by memory  memory GiB  state GiB  checkpoint MB/s"
            + "  audio MB/s     cores");
    for (CapacityPlan plan : plans) {
      line(
          out,
          "%9d  %7d  %7d  %9d  %10.1f  %9.1f  %15.1f  %10.1f  %8.1f",
          plan.calls(),
          plan.devices(),
          plan.devicesByWork(),
          plan.devicesByMemory(),
          plan.memoryBytes() / GIB,
          plan.stateBytes() / GIB,
          plan.checkpointBytesPerSecond() / 1e6,
          plan.audioBytesPerSecond() / 1e6,
          plan.cores());
    }
    if (json) {
      out.println(
          JsonLines.of(
              Map.of(
                  "model", shape.name(),
                  "device", figures.name(),
                  "gflops", figures.gflops(),
                  "fraction", figures.fraction(),
                  "callsPerDevice", size.callsPerMachine(),
                  "p95Ms", size.most().latencyMs().p95(),
                  "deviceUse", size.most().deviceUse(),
                  "plans", plans.stream().map(PlanCommand::json).toList())));
    }
    out.flush();
  }

  private static Map<String, Object> json(CapacityPlan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("calls", plan.calls());
    json.put("devices", plan.devices());
    json.put("devicesByWork", plan.devicesByWork());
    json.put("devicesByMemory", plan.devicesByMemory());
    json.put("memoryBytes", plan.memoryBytes());
    json.put("stateBytes", plan.stateBytes());
    json.put("checkpointBytesPerSecond", plan.checkpointBytesPerSecond());
    json.put("audioBytesPerSecond", plan.audioBytesPerSecond());
    json.put("cores", plan.cores());
    return json;
  }

  private static void line(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
