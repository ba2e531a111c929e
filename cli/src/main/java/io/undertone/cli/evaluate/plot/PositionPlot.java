package io.undertone.cli.evaluate.plot;

import io.undertone.bench.plot.Svg;
import io.undertone.evaluation.comparison.PositionAccuracy;
import io.undertone.evaluation.dialogue.Conditions;
import java.util.List;

/** Unweighted accuracy by position in the call, a line per condition. */
final class PositionPlot {
  private PositionPlot() {}

  static Svg of(List<PositionAccuracy> groups) {
    Svg svg = new Svg(Axes.WIDTH, Axes.HEIGHT);
    double last = groups.get(groups.size() - 1).to();
    Axes axes = new Axes(svg, "along the call", "utterance", "UA", last);
    for (int i = 0; i < Conditions.ALL.size(); i++) {
      String condition = Conditions.ALL.get(i);
      axes.legend(i, condition, ConditionColors.of(condition));
      for (int group = 1; group < groups.size(); group++) {
        PositionAccuracy from = groups.get(group - 1);
        PositionAccuracy to = groups.get(group);
        svg.thickLine(
            axes.x(middle(from)),
            axes.y(accuracy(from, condition)),
            axes.x(middle(to)),
            axes.y(accuracy(to, condition)),
            ConditionColors.of(condition));
      }
    }
    return svg;
  }

  private static double middle(PositionAccuracy group) {
    return (group.from() + group.to()) / 2.0;
  }

  private static double accuracy(PositionAccuracy group, String condition) {
    return group.unweightedAccuracy().getOrDefault(condition, 0.0);
  }
}
