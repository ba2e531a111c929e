package io.undertone.local;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes a savepoint for {@link SavepointsIT}. Builds skip it by its name. Run it once for a version
 * that changes keyed state, with the version's name, and list the states in the test:
 *
 * <pre>mvn verify -pl local -am -Dit.test=SavepointRecorder -Dtest=none -Dfixture=0.1.0-b0f08fd \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false</pre>
 */
@ExtendWith(ClusterExtension.class)
class SavepointRecorder {

  @Test
  void takeSavepoint(Cluster cluster, @TempDir Path parent)
      throws TopicUnavailableException,
          InvalidOptionException,
          InterruptedException,
          AudioFileException,
          IOException {
    Path target = SavepointPipeline.FOLDER.resolve(System.getProperty("fixture"));
    TestPipeline pipeline = SavepointPipeline.with(cluster, "hashmap");
    RunningJob job = pipeline.start(1);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      replayer.send(SavepointCalls.make().before(), SavepointCalls.SETTINGS);
      // Its chunks are the last, so the job has read all of them.
      events.await(written -> !EventSets.ofCall(SavepointCalls.ENDED, written).isEmpty());
      Path savepoint = job.stopWithSavepoint(parent);
      Files.createDirectories(target.getParent());
      Files.move(savepoint, target);
      Files.write(
          target.resolve(SavepointPipeline.EVENTS_BEFORE),
          events.readAll().stream().map(FormerEventIds::of).toList());
    }
  }
}
