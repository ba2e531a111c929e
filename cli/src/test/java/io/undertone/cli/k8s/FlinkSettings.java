package io.undertone.cli.k8s;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;

/** The names of the settings of Flink and of its operator. */
final class FlinkSettings {
  private static final Set<String> KNOWN = known();

  /** Settings under a name that the user chooses. */
  private static final List<String> PATTERNS =
      List.of(
          "metrics\\.reporter\\.\\w+\\.(factory\\.class|port|exporter\\.endpoint)",
          "traces\\.reporter\\.\\w+\\.(factory\\.class|exporter\\.endpoint)",
          "external-resource\\.\\w+\\.(amount|driver-factory\\.class|kubernetes\\.config-key)",
          "containerized\\.(master|taskmanager)\\.env\\.\\w+");

  /** The operator itself is not on Maven Central: from the table of its documentation. */
  private static final Set<String> OPERATOR =
      Set.of(
          "kubernetes.operator.job.restart.failed",
          "kubernetes.operator.job.upgrade.last-state-fallback.enabled",
          "kubernetes.operator.savepoint.history.max.age",
          "kubernetes.operator.savepoint.history.max.count");

  private FlinkSettings() {}

  static boolean knows(String name) {
    return KNOWN.contains(name)
        || OPERATOR.contains(name)
        || PATTERNS.stream().anyMatch(name::matches);
  }

  private static Set<String> known() {
    Set<String> names = new TreeSet<>();
    for (Class<?> options :
        Set.of(
            AutoScalerOptions.class,
            CheckpointingOptions.class,
            CoreOptions.class,
            ExternalResourceOptions.class,
            HighAvailabilityOptions.class,
            JobManagerOptions.class,
            KubernetesConfigOptions.class,
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
