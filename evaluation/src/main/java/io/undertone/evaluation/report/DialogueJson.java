package io.undertone.evaluation.report;

import io.undertone.evaluation.comparison.DialogueResult;
import io.undertone.evaluation.comparison.FilterChoice;
import io.undertone.evaluation.comparison.Gain;
import io.undertone.training.evaluation.Metrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** JSON of a dialogue evaluation. */
public final class DialogueJson {

  private DialogueJson() {}

  public static Map<String, Object> of(DialogueResult result) {
    Map<String, Map<String, Object>> dialogues = of(result.metrics());
    addGain(dialogues, result.memory());
    addGain(dialogues, result.memoryFilter());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dialogues", dialogues);
    json.put("best", ResultJson.of(result.best()));
    result.halves().ifPresent(halves -> json.put("halves", ResultJson.of(halves)));
    result.halvesFilter().ifPresent(halves -> json.put("halvesFilter", ResultJson.of(halves)));
    json.put("byCorpus", groups(result.byCorpus()));
    json.put("byFile", groups(result.byFile()));
    json.put("byPosition", result.positions().stream().map(ResultJson::of).toList());
    return json;
  }

  /** The filter parameter of each condition, and the UA of each value it was chosen from. */
  public static Map<String, Object> of(FilterChoice filters) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stay", filters.parameters().stayByCondition());
    Map<String, Object> grids = new LinkedHashMap<>();
    filters.grids().forEach((condition, grid) -> grids.put(condition, grid.unweightedAccuracy()));
    if (!grids.isEmpty()) {
      json.put("chosenFromUA", grids);
    }
    return json;
  }

  private static void addGain(Map<String, Map<String, Object>> dialogues, Gain gain) {
    Map<String, Object> condition = dialogues.get(gain.condition());
    if (condition != null) {
      condition.put("gain", gain.value());
      condition.put("gainInterval", ResultJson.of(gain.interval()));
    }
  }

  private static Map<String, Object> groups(SortedMap<String, Map<String, Metrics>> groups) {
    Map<String, Object> json = new LinkedHashMap<>();
    groups.forEach((name, metrics) -> json.put(name, of(metrics)));
    return json;
  }

  private static Map<String, Map<String, Object>> of(Map<String, Metrics> metrics) {
    Map<String, Map<String, Object>> json = new LinkedHashMap<>();
    metrics.forEach((condition, measured) -> json.put(condition, ResultJson.of(measured)));
    return json;
  }
}
