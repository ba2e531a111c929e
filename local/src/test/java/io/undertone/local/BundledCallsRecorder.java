package io.undertone.local;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writes what {@link BundledCallsIT} compares with, in the module's folder of test resources. Its
 * name keeps it out of the build; run it by
 *
 * <pre>mvn verify -pl local -am -Dit.test=BundledCallsRecorder -Dtest=none \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false</pre>
 */
@ExtendWith(ClusterExtension.class)
class BundledCallsRecorder {

  @ParameterizedTest
  @ValueSource(strings = {"customer", "customer,agent"})
  void record(String roles, Cluster cluster)
      throws TopicUnavailableException,
          InvalidOptionException,
          InterruptedException,
          AudioFileException,
          IOException {
    EventLines.write(BundledCallEvents.recording(roles), BundledCallEvents.play(roles, cluster));
  }
}
