package io.undertone.cli.evaluate.plot;

import io.undertone.bench.plot.Svg;
import io.undertone.bench.plot.Svg.Anchor;
import java.util.Locale;

/** Plot axes: shares from 0 to 1 on y, any range on x. */
final class Axes {
  static final int WIDTH = 640;
  static final int HEIGHT = 420;

  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int RIGHT = WIDTH - 140;
  private static final int BOTTOM = HEIGHT - 50;
  private static final int STEPS = 5;

  private final Svg svg;
  private final double largestX;

  /**
   * @param largestX right end of the x axis, which starts at 0
   */
  Axes(Svg svg, String title, String nameX, String nameY, double largestX) {
    this.svg = svg;
    this.largestX = largestX;
    svg.text((LEFT + RIGHT) / 2.0, TOP - 15, Anchor.MIDDLE, title);
    svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 12, Anchor.MIDDLE, nameX);
    svg.text(LEFT - 45, TOP - 15, Anchor.START, nameY);
    for (int i = 0; i <= STEPS; i++) {
      double share = (double) i / STEPS;
      svg.line(LEFT, y(share), RIGHT, y(share), "#ddd");
      svg.text(LEFT - 8, y(share) + 4, Anchor.END, String.format(Locale.ROOT, "%.1f", share));
      double x = share * largestX;
      String label = largestX > STEPS ? "%.0f" : "%.1f";
      svg.text(x(x), BOTTOM + 18, Anchor.MIDDLE, String.format(Locale.ROOT, label, x));
    }
    svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, "black").line(LEFT, TOP, LEFT, BOTTOM, "black");
  }

  double x(double value) {
    return LEFT + value / largestX * (RIGHT - LEFT);
  }

  double y(double share) {
    return BOTTOM - share * (BOTTOM - TOP);
  }

  /**
   * An entry of the legend.
   *
   * @param place from the top, from 0
   */
  void legend(int place, String name, String color) {
    double y = TOP + 10 + 18.0 * place;
    svg.thickLine(RIGHT + 10, y - 4, RIGHT + 24, y - 4, color);
    svg.text(RIGHT + 28, y, Anchor.START, name);
  }
}
