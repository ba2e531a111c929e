package io.undertone.cli.evaluate.plot;

import io.undertone.bench.plot.Svg;
import io.undertone.bench.plot.Svg.Anchor;
import io.undertone.training.evaluation.Calibration;
import java.util.Locale;

/** Reliability diagram: accuracy by confidence; the diagonal is perfect calibration. */
final class ReliabilityPlot {
  private static final double BAR_WIDTH = 22;

  private ReliabilityPlot() {}

  static Svg of(String condition, Calibration calibration) {
    Svg svg = new Svg(Axes.WIDTH, Axes.HEIGHT);
    Axes axes = new Axes(svg, "reliability: " + condition, "confidence", "accuracy", 1);
    for (Calibration.Bin bin : calibration.bins()) {
      double x = axes.x(bin.confidence());
      double y = axes.y(bin.accuracy());
      svg.rectangle(x - BAR_WIDTH / 2, y, BAR_WIDTH, axes.y(0) - y, "#9bd");
      svg.text(x, y - 4, Anchor.MIDDLE, String.valueOf(bin.count()));
    }
    svg.line(axes.x(0), axes.y(0), axes.x(1), axes.y(1), "#c33");
    String error = String.format(Locale.ROOT, "ECE %.3f", calibration.expectedError());
    svg.text(axes.x(0.05), axes.y(0.93), Anchor.START, error);
    return svg;
  }
}
