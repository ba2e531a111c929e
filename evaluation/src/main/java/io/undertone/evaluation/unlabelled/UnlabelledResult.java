package io.undertone.evaluation.unlabelled;

import io.undertone.training.evaluation.Bootstrap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of recordings without labels.
 *
 * @param byFile of each recording
 * @param all of all recordings together
 * @param brief of their utterances shorter than {@value #BRIEF_MS} ms, such as a single "yes"
 */
public record UnlabelledResult(
    AlarmThreshold threshold,
    Map<Path, RecordingResult> byFile,
    RecordingResult all,
    RecordingResult brief) {

  /** Utterances from here on are not brief. */
  public static final int BRIEF_MS = 700;

  /** Measures recordings, of which there is at least one. */
  public static UnlabelledResult of(
      List<EvaluatedRecording> recordings, AlarmThreshold threshold, Bootstrap bootstrap) {
    Map<Path, RecordingResult> byFile = new LinkedHashMap<>();
    for (EvaluatedRecording recording : recordings) {
      byFile.put(
          recording.recording().file(),
          RecordingResult.of(List.of(recording), any -> true, threshold, bootstrap));
    }
    return new UnlabelledResult(
        threshold,
        byFile,
        RecordingResult.of(recordings, any -> true, threshold, bootstrap),
        RecordingResult.of(
            recordings,
            utterance -> RecordingResult.durationMs(utterance) < BRIEF_MS,
            threshold,
            bootstrap));
  }
}
