package io.undertone.bench.plot;

import io.undertone.bench.plot.Svg.Anchor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** A line chart; both axes start at 0. */
public final class LinePlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;
  private static final int LEFT = 70;
  private static final int TOP = 40;
  private static final int RIGHT = WIDTH - 40;
  private static final int BOTTOM = HEIGHT - 50;
  private static final int STEPS = 5;
  private static final String COLOR = "#37b";

  private LinePlot() {}

  /**
   * Writes a picture.
   *
   * @param points at least one, none below 0 and not all 0
   */
  public static void write(
      Path file,
      String title,
      String nameX,
      String nameY,
      SortedMap<Integer, ? extends Number> points)
      throws IOException {
    double largestX = points.lastKey();
    double largestY =
        points.values().stream().mapToDouble(Number::doubleValue).max().orElseThrow() * 1.1;
    Svg svg = new Svg(WIDTH, HEIGHT);
    svg.text((LEFT + RIGHT) / 2.0, TOP - 15, Anchor.MIDDLE, title);
    svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 12, Anchor.MIDDLE, nameX);
    svg.text(8, TOP - 15, Anchor.START, nameY);
    for (int i = 0; i <= STEPS; i++) {
      double share = (double) i / STEPS;
      double x = LEFT + share * (RIGHT - LEFT);
      double y = BOTTOM - share * (BOTTOM - TOP);
      svg.line(LEFT, y, RIGHT, y, "#ddd");
      svg.text(LEFT - 8, y + 4, Anchor.END, label(share * largestY));
      svg.text(x, BOTTOM + 18, Anchor.MIDDLE, label(share * largestX));
    }
    double fromX = Double.NaN;
    double fromY = Double.NaN;
    for (Map.Entry<Integer, ? extends Number> point : points.entrySet()) {
      double x = LEFT + point.getKey() / largestX * (RIGHT - LEFT);
      double y = BOTTOM - point.getValue().doubleValue() / largestY * (BOTTOM - TOP);
      if (!Double.isNaN(fromX)) {
        svg.thickLine(fromX, fromY, x, y, COLOR);
      }
      svg.rectangle(x - 2, y - 2, 4, 4, COLOR);
      fromX = x;
      fromY = y;
    }
    svg.write(file);
  }

  private static String label(double value) {
    return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2g", value);
  }
}
