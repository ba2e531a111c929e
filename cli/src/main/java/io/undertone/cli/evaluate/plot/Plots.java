package io.undertone.cli.evaluate.plot;

import io.undertone.training.evaluation.Measures;
import io.undertone.training.evaluation.dialogue.DialogueResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The pictures of dialogues. */
public final class Plots {

  private Plots() {}

  /**
   * Writes {@code confusion-CONDITION.svg} and {@code reliability-CONDITION.svg} for each condition
   * and {@code positions.svg} into a folder, which is made if it is missing.
   */
  public static void write(DialogueResult result, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, Measures> entry : result.measures().entrySet()) {
      String condition = entry.getKey();
      Measures measures = entry.getValue();
      ConfusionPlot.of(condition, measures.scores())
          .write(directory.resolve("confusion-" + condition + ".svg"));
      ReliabilityPlot.of(condition, measures.calibration())
          .write(directory.resolve("reliability-" + condition + ".svg"));
    }
    PositionPlot.of(result.positions()).write(directory.resolve("positions.svg"));
  }
}
