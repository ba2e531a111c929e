package io.undertone.operators.recognize;

import io.undertone.model.recognizer.DeviceHungException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows when the model's device has hung. Nothing but a new process can use it again. */
public enum HungDevice {
  /** The job ends and is not restarted: for Flink inside another program. */
  FAIL_JOB {
    @Override
    void follow(DeviceHungException failure, MailboxExecutor mailbox) {
      mailbox.execute(
          () -> {
            throw new SuppressRestartsException(failure);
          },
          "end the job, as the device has hung");
    }
  },
  /** The process ends at once: for TaskManagers, which the cluster starts again. */
  END_PROCESS {
    @Override
    void follow(DeviceHungException failure, MailboxExecutor mailbox) {
      LOG.error("Ends this process.", failure);
      System.err.println(failure.getMessage());
      // Neither the device's thread nor shutdown hooks can be relied on.
      Runtime.getRuntime().halt(EXIT_STATUS);
    }
  };

  /** That of Flink's TaskManagers after fatal errors. */
  static final int EXIT_STATUS = 239;

  private static final Logger LOG = LoggerFactory.getLogger(HungDevice.class);

  /** Called on any thread. */
  abstract void follow(DeviceHungException failure, MailboxExecutor mailbox);
}
