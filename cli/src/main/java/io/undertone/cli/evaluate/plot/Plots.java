package io.undertone.cli.evaluate.plot;

import io.undertone.evaluation.alarm.Alarm;
import io.undertone.evaluation.alarm.AlarmResult;
import io.undertone.evaluation.alarm.CallResult;
import io.undertone.evaluation.comparison.DialogueResult;
import io.undertone.training.evaluation.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The plots of a dialogue evaluation. */
public final class Plots {

  private Plots() {}

  /**
   * Writes {@code confusion-CONDITION.svg} and {@code reliability-CONDITION.svg} for each condition
   * and {@code positions.svg}; creates the directory if needed.
   */
  public static void write(DialogueResult result, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, Metrics> entry : result.metrics().entrySet()) {
      String condition = entry.getKey();
      Metrics metrics = entry.getValue();
      ConfusionPlot.of(condition, metrics.confusion())
          .write(directory.resolve("confusion-" + condition + ".svg"));
      ReliabilityPlot.of(condition, metrics.calibration())
          .write(directory.resolve("reliability-" + condition + ".svg"));
    }
    PositionPlot.of(result.positions()).write(directory.resolve("positions.svg"));
  }

  /** Writes {@code alarms-emotion.svg} and {@code alarms-anger.svg}, if there are such episodes. */
  public static void write(CallResult result, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<Alarm, AlarmResult> alarm : result.alarms().entrySet()) {
      String name = alarm.getKey().name().toLowerCase(Locale.ROOT);
      AlarmPlot.of(alarm.getKey(), alarm.getValue())
          .write(directory.resolve("alarms-" + name + ".svg"));
    }
  }
}
