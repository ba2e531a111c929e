package io.undertone.jobs.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.torch.files.ModelFileException;
import io.undertone.operators.encryption.StateKeyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.StateMigrationException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PermanentFailureTest {
  @SuppressWarnings("unused") // FieldSource reads it by its name.
  private static final List<Throwable> PERMANENT =
      List.of(
          new ConfigException("no such mechanism"),
          new KafkaException(
              "Unexpected error in InitProducerIdResponse; "
                  + Errors.INVALID_TRANSACTION_TIMEOUT.message()),
          new SaslAuthenticationException("wrong password"),
          new TopicAuthorizationException("undertone.audio-chunks.v1"),
          new ModelFileException(Path.of("undertone.json"), "file must exist"),
          new StateMigrationException("the new serializer cannot read the state"),
          new StateKeyException("key 2025 is missing"));

  @SuppressWarnings("unused") // FieldSource reads it by its name.
  private static final List<Throwable> PASSING =
      List.of(
          new TimeoutException("no answer"),
          new UnknownTopicOrPartitionException("no leader yet"),
          new KafkaException("disconnected"),
          new IOException("the store is full"),
          new OutOfMemoryError("Java heap space"),
          new IllegalStateException("the device is gone"));

  @ParameterizedTest
  @FieldSource("PERMANENT")
  void findsAPermanentFailureAmongTheCauses(Throwable cause) {
    Throwable failure =
        new RuntimeException("a task failed", new KafkaException("in a client", cause));

    assertThat(PermanentFailure.of(failure)).isPresent();
    assertThat(
            ThrowableClassifier.findThrowableOfThrowableType(
                new RuntimeException(
                    new PermanentFailureException(
                        PermanentFailure.of(failure).orElseThrow(), failure)),
                ThrowableType.NonRecoverableError))
        .isPresent();
  }

  @ParameterizedTest
  @FieldSource("PASSING")
  void aFailureThatMayPassIsNotPermanent(Throwable cause) {
    assertThat(PermanentFailure.of(new RuntimeException("a task failed", cause))).isEmpty();
  }

  @Test
  void namesRefusedCredentialsAndDeniedAccessAsSuch() {
    assertThat(PermanentFailure.of(new SaslAuthenticationException("wrong password")))
        .contains(PermanentFailure.AUTHENTICATION);
    assertThat(PermanentFailure.of(new TopicAuthorizationException("undertone.audio-chunks.v1")))
        .contains(PermanentFailure.AUTHORIZATION);
    assertThat(PermanentFailure.of(new ConfigException("no such mechanism")))
        .contains(PermanentFailure.CONFIGURATION);
  }
}
