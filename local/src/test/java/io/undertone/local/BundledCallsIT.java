package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The job still makes of the bundled calls what it made when they were recorded: numbers within
 * 1e-4, since processors round differently, and all else exactly.
 *
 * <p>A change that means to change events makes the recordings anew with {@link
 * BundledCallsRecorder}.
 */
@ExtendWith(ClusterExtension.class)
class BundledCallsIT {

  @ParameterizedTest
  @ValueSource(strings = {"customer", "customer,agent"})
  void eventsEqualTheRecordedOnes(String roles, Cluster cluster)
      throws TopicUnavailableException,
          InvalidOptionException,
          InterruptedException,
          AudioFileException,
          IOException {
    assertThat(BundledCallEvents.play(roles, cluster))
        .usingRecursiveComparison()
        .withComparatorForType(EventSets::compareRounded, Float.class)
        .isEqualTo(EventLines.read(BundledCallEvents.recording(roles)));
  }
}
