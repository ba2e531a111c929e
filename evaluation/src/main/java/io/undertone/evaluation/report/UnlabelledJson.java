package io.undertone.evaluation.report;

import io.undertone.evaluation.unlabelled.ConditionResult;
import io.undertone.evaluation.unlabelled.RecordingResult;
import io.undertone.evaluation.unlabelled.Share;
import io.undertone.evaluation.unlabelled.UnlabelledResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON of the results of recordings without labels. */
public final class UnlabelledJson {

  private static final double MINUTE_MS = 60_000;

  private UnlabelledJson() {}

  public static Map<String, Object> of(UnlabelledResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("alarmAt", result.threshold().leastAngry());
    Map<String, Object> files = new LinkedHashMap<>();
    result.byFile().forEach((file, ofFile) -> files.put(file.toString(), of(ofFile)));
    json.put("files", files);
    json.put("all", of(result.all()));
    json.put("brief", of(result.brief()));
    return json;
  }

  private static Map<String, Object> of(RecordingResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("minutes", result.durationMs() / MINUTE_MS);
    json.put("utterances", result.utterances());
    json.put("speechMinutes", result.speechMs() / MINUTE_MS);
    result.conditions().forEach((condition, measured) -> json.put(condition, of(measured)));
    return json;
  }

  private static Map<String, Object> of(ConditionResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    result.emotions().forEach((emotion, share) -> json.put(emotion.longName(), of(share)));
    result.alarming().ifPresent(share -> json.put("alarming", of(share)));
    json.put("alarms", result.alarms());
    json.put("alarmsAnHour", result.alarmsAnHour());
    return json;
  }

  private static Map<String, Object> of(Share share) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("share", share.value());
    json.put("interval", ResultJson.of(share.interval()));
    return json;
  }
}
