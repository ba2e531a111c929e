package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.junit.jupiter.api.Test;

/** What an embedded broker says stays away from results, unless something is wrong. */
class LogConfigurationTest {
  private static final String CONTROLLER = "org.apache.kafka.controller.";

  @Test
  void aBusyMachineIsNoError() {
    assertThat(isShown("EventPerformanceMonitor", "Exceptionally slow controller event {} took"))
        .isFalse();
    assertThat(
            isShown(
                "ReplicationControlManager",
                "processExpiredBrokerHeartbeat: controller event queue overloaded. Timed out"
                    + " heartbeat from broker {}."))
        .isFalse();
  }

  @Test
  void otherErrorsAreShown() {
    assertThat(isShown("ReplicationControlManager", "broker {} cannot be reached")).isTrue();
    assertThat(isShown("QuorumController", "the log cannot be written: {}")).isTrue();
  }

  private static boolean isShown(String logger, String message) {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    LoggerConfig config = context.getConfiguration().getLoggerConfig(CONTROLLER + logger);
    Log4jLogEvent event =
        Log4jLogEvent.newBuilder()
            .setLoggerName(CONTROLLER + logger)
            .setLevel(Level.ERROR)
            .setMessage(new ParameterizedMessage(message, 1))
            .build();
    return Level.ERROR.isMoreSpecificThan(config.getLevel()) && !config.isFiltered(event);
  }
}
