package io.undertone.cli.evaluate.plot;

import io.undertone.bench.plot.Svg;
import io.undertone.bench.plot.Svg.Anchor;
import io.undertone.model.Emotion;
import io.undertone.training.evaluation.ConfusionMatrix;
import java.util.Arrays;
import java.util.Locale;

/** Confusion matrix: rows are labels and add up to 100 %, columns are estimates. */
final class ConfusionPlot {
  private static final int CELL = 80;
  private static final int LEFT = 90;
  private static final int TOP = 70;

  private ConfusionPlot() {}

  static Svg of(String condition, ConfusionMatrix confusion) {
    Emotion[] emotions = Emotion.values();
    int side = emotions.length * CELL;
    Svg svg = new Svg(LEFT + side + 20, TOP + side + 20);
    svg.text(LEFT + side / 2.0, 24, Anchor.MIDDLE, "estimates by label: " + condition);
    long[][] counts = confusion.counts();
    for (Emotion label : emotions) {
      int row = label.ordinal();
      double middle = (row + 0.5) * CELL;
      svg.text(LEFT - 10, TOP + middle + 4, Anchor.END, label.shortName());
      svg.text(LEFT + middle, TOP - 10, Anchor.MIDDLE, label.shortName());
      long all = Math.max(1, Arrays.stream(counts[row]).sum());
      for (Emotion estimate : emotions) {
        long count = counts[row][estimate.ordinal()];
        cell(svg, LEFT + estimate.ordinal() * CELL, TOP + row * CELL, count, (double) count / all);
      }
    }
    return svg;
  }

  private static void cell(Svg svg, double x, double y, long count, double share) {
    int light = (int) Math.round(255 - 155 * share);
    String fill = String.format(Locale.ROOT, "rgb(%d,%d,255)", light, light);
    svg.rectangle(x, y, CELL, CELL, fill);
    double middle = x + CELL / 2.0;
    String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share);
    svg.text(middle, y + CELL / 2.0, Anchor.MIDDLE, percent);
    svg.text(middle, y + CELL / 2.0 + 18, Anchor.MIDDLE, "(" + count + ")");
  }
}
