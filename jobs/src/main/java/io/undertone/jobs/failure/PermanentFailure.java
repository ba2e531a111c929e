package io.undertone.jobs.failure;

import io.undertone.jobs.kafka.source.MissingRecordsException;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.operators.encryption.StateKeyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.StateMigrationException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * A failure that comes back at each restart until somebody changes the configuration, the
 * credentials, the model's files or the job's version. All other failures, of brokers, networks,
 * machines and stores, may end by themselves.
 */
enum PermanentFailure {
  AUTHENTICATION("Kafka refuses the credentials", List.of(AuthenticationException.class)),
  AUTHORIZATION("Kafka denies access", List.of(AuthorizationException.class)),
  MODEL_FILES("the model's files are unusable", List.of(ModelFileException.class)),
  STATE("the state was written by an incompatible version", List.of(StateMigrationException.class)),
  STATE_KEYS("the keys of the state are unusable", List.of(StateKeyException.class)),
  MISSING_RECORDS("records that were not read are gone", List.of(MissingRecordsException.class)),
  /** Last, since to Kafka refused credentials and denied access are wrong configurations. */
  CONFIGURATION(
      "the configuration is wrong",
      List.of(
          ConfigException.class,
          InvalidConfigurationException.class,
          UnsupportedVersionException.class));

  private final String explanation;
  private final List<Class<? extends Exception>> types;

  PermanentFailure(String explanation, List<Class<? extends Exception>> types) {
    this.explanation = explanation;
    this.types = types;
  }

  /** What is wrong, as the beginning of a sentence. */
  String explanation() {
    return explanation;
  }

  /** The kind of the failure; empty if a restart may mend it. */
  static Optional<PermanentFailure> of(Throwable failure) {
    for (Throwable cause : chain(failure)) {
      for (PermanentFailure kind : values()) {
        if (kind.types.stream().anyMatch(type -> type.isInstance(cause))) {
          return Optional.of(kind);
        }
      }
      if (isRefusedTransactionTimeout(cause)) {
        return Optional.of(CONFIGURATION);
      }
    }
    return Optional.empty();
  }

  /** Kafka's producer throws its base class, with the error's text in the message. */
  private static boolean isRefusedTransactionTimeout(Throwable cause) {
    return cause instanceof KafkaException
        && String.valueOf(cause.getMessage())
            .endsWith(Errors.INVALID_TRANSACTION_TIMEOUT.message());
  }

  /** A failure and its causes, each once. */
  private static List<Throwable> chain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    @Nullable Throwable cause = failure;
    while (cause != null && seen.add(cause)) {
      chain.add(cause);
      cause = cause.getCause();
    }
    return chain;
  }
}
