package io.undertone.cli.classify;

import io.undertone.audio.Pcm16;
import io.undertone.audio.prosody.Prosody;
import io.undertone.cli.recording.Recording;
import io.undertone.model.Emotion;
import io.undertone.operators.emit.CallSummary;
import io.undertone.operators.emit.EmitOptions;
import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.schemas.ConversationCharacteristics;
import io.undertone.schemas.EndReason;
import java.util.ArrayList;
import java.util.List;

/** What was heard of a file so far, for the characteristics of the whole call. */
final class HeardCall {
  private final long endOffsetMs;
  private final List<TrajectoryPoint> heard = new ArrayList<>();

  HeardCall(Recording recording) {
    endOffsetMs =
        recording.sides().stream().mapToLong(side -> side.pcm().durationMs()).max().orElse(0);
  }

  void add(ClassifiedUtterance result) {
    List<Float> probabilities = new ArrayList<>();
    for (Emotion emotion : Emotion.values()) {
      probabilities.add(result.recognition().estimate().probability(emotion));
    }
    Pcm16 audio =
        new Pcm16(result.utterance().pcm().toInt16(), result.utterance().pcm().sampleRateHz());
    Prosody prosody = Prosody.of(audio);
    heard.add(
        TrajectoryPoint.newBuilder()
            .setChannel(result.side().channel())
            .setRole(result.side().role().name())
            .setBeginOffsetMs(result.utterance().beginOffsetMs())
            .setEndOffsetMs(result.utterance().endOffsetMs())
            .setProbabilities(probabilities)
            .setUpdateStep(result.updateStep())
            .setLoudnessDbfs(prosody.loudnessDbfs())
            .setSyllablesPerSecond(prosody.syllablesPerSecond())
            .build());
  }

  boolean isSilent() {
    return heard.isEmpty();
  }

  long endOffsetMs() {
    return endOffsetMs;
  }

  /** As in the job's event of an ended call. */
  ConversationCharacteristics characteristics() {
    return CallSummary.of(heard, endOffsetMs, EmitOptions.defaults())
        .setEndReason(EndReason.LAST_CHUNK)
        .build();
  }
}
