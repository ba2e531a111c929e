package io.undertone.cli.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** The names of Flink's own settings. */
final class FlinkSettings {
  private static final Set<String> KNOWN = known();

  /** A reporter's settings lie under a name that the user chooses. */
  private static final String REPORTER = "metrics\\.reporter\\.\\w+\\.(factory\\.class|port)";

  private FlinkSettings() {}

  static void assertKnown(Object name) {
    String setting = name.toString();
    assertThat(setting.matches(REPORTER) || KNOWN.contains(setting))
        .as("Flink must know the setting " + setting)
        .isTrue();
  }

  private static Set<String> known() {
    Set<String> names = new TreeSet<>();
    for (Class<?> options :
        Set.of(
            CheckpointingOptions.class,
            CoreOptions.class,
            HighAvailabilityOptions.class,
            StateBackendOptions.class,
            TaskManagerOptions.class)) {
      for (Field field : options.getFields()) {
        if (field.getType() == ConfigOption.class) {
          names.add(nameOf(field));
        }
      }
    }
    return names;
  }

  private static String nameOf(Field field) {
    try {
      return ((ConfigOption<?>) field.get(null)).key();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a public field must be readable: " + field, e);
    }
  }
}
