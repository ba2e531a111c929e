package io.undertone.bench.jmh;

import io.undertone.bench.measure.Effort;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package under JMH. */
public final class MicroBench {

  private MicroBench() {}

  /**
   * Runs all benchmarks, and returns the mean microseconds of each operation by its name.
   *
   * @param arithmetic of the model's pretrained encoder, if it has one
   * @param device of the model
   * @param recording the speech that the benchmarks process
   * @throws IllegalStateException if a benchmark fails
   */
  public static Map<String, Double> run(
      Path model, ArithmeticChoice arithmetic, DeviceChoice device, Path recording, Effort effort) {
    System.setProperty(BenchInput.MODEL, model.toString());
    System.setProperty(BenchInput.ARITHMETIC, arithmetic.name());
    System.setProperty(BenchInput.DEVICE, device.toString());
    System.setProperty(BenchInput.RECORDING, recording.toString());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(MicroBench.class.getPackageName().replace(".", "\\.") + ".*Benchmark")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            // A fork would load the model again.
            .forks(0);
    size(options, effort);
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      Map<String, Double> micros = new TreeMap<>();
      for (RunResult result : results) {
        micros.put(name(result), result.getPrimaryResult().getScore());
      }
      return micros;
    } catch (RunnerException e) {
      throw new IllegalStateException("a benchmark failed: " + e.getMessage(), e);
    }
  }

  private static void size(ChainedOptionsBuilder options, Effort effort) {
    switch (effort) {
      case SMOKE ->
          options
              .warmupIterations(0)
              .measurementIterations(1)
              .measurementTime(TimeValue.milliseconds(10));
      case QUICK ->
          options
              .warmupIterations(1)
              .warmupTime(TimeValue.seconds(1))
              .measurementIterations(2)
              .measurementTime(TimeValue.seconds(1));
      case FULL ->
          options
              .warmupIterations(3)
              .warmupTime(TimeValue.seconds(2))
              .measurementIterations(5)
              .measurementTime(TimeValue.seconds(2));
    }
  }

  /** The method, and the codec where there is one. */
  private static String name(RunResult result) {
    String method = result.getParams().getBenchmark();
    String operation = method.substring(method.lastIndexOf('.') + 1);
    String codec = result.getParams().getParam("codec");
    return codec == null ? operation : operation + "-" + codec;
  }
}
