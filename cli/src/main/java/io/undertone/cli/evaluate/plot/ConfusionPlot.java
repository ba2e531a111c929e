package io.undertone.cli.evaluate.plot;

import io.undertone.cli.plot.Svg;
import io.undertone.cli.plot.Svg.Anchor;
import io.undertone.model.Emotion;
import io.undertone.training.evaluation.Scores;
import java.util.Arrays;
import java.util.Locale;

/** How often what was meant was heard as what: rows are meant and add up to 100 %. */
final class ConfusionPlot {
  private static final int CELL = 80;
  private static final int LEFT = 90;
  private static final int TOP = 70;

  private ConfusionPlot() {}

  static Svg of(String condition, Scores scores) {
    Emotion[] emotions = Emotion.values();
    int side = emotions.length * CELL;
    Svg svg = new Svg(LEFT + side + 20, TOP + side + 20);
    svg.text(LEFT + side / 2.0, 24, Anchor.MIDDLE, "heard, by what was meant: " + condition);
    long[][] confusion = scores.confusion();
    for (Emotion meant : emotions) {
      int row = meant.ordinal();
      double middle = (row + 0.5) * CELL;
      svg.text(LEFT - 10, TOP + middle + 4, Anchor.END, meant.shortName());
      svg.text(LEFT + middle, TOP - 10, Anchor.MIDDLE, meant.shortName());
      long all = Math.max(1, Arrays.stream(confusion[row]).sum());
      for (Emotion said : emotions) {
        long count = confusion[row][said.ordinal()];
        cell(svg, LEFT + said.ordinal() * CELL, TOP + row * CELL, count, (double) count / all);
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
