package io.undertone.local;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.schemas.EmotionEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of the job for the synthetic calls, one utterance per batch, with the model of the
 * savepoint fixtures: a new default model does not change them.
 */
final class BundledCallEvents {
  private static final List<String> CALLS = List.of("cancelled-trip", "cold-house", "lost-parcel");
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  private BundledCallEvents() {}

  /** The file that the events of a choice of roles are recorded in. */
  static Path recording(String roles) {
    return Path.of("src/test/resources/bundled-calls", roles + ".jsonl");
  }

  /**
   * Plays the calls through the job.
   *
   * @param roles as the option {@code --roles} takes them
   * @return call by call in the order of their names, each in the order of the topic
   */
  static List<EmotionEvent> play(String roles, Cluster cluster)
      throws TopicUnavailableException,
          InvalidOptionException,
          InterruptedException,
          AudioFileException {
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            SavepointPipeline.model(),
            JobOptions.parse("--batch-size=1", "--roles=" + roles));
    RunningJob job = pipeline.start(2);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      for (String call : CALLS) {
        replayer.replay(DemoCalls.call(call, call), SETTINGS);
      }
      List<EmotionEvent> written = events.await(EventSets.endOf(CALLS.size()));
      List<EmotionEvent> callByCall = new ArrayList<>();
      for (String call : CALLS) {
        callByCall.addAll(EventSets.ofCall(call, written));
      }
      return callByCall;
    } finally {
      job.cancel();
    }
  }
}
