package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.operators.decode.DecodeOptions;
import io.undertone.operators.order.CallLimits;
import io.undertone.operators.order.OrderOptions;
import io.undertone.operators.recognize.RecognizeOptions;
import io.undertone.operators.segment.SegmentOptions;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {

  static Stream<Serializable> defaults() {
    return Stream.of(
        DecodeOptions.defaults(),
        OrderOptions.defaults(),
        SegmentOptions.defaults(),
        RecognizeOptions.defaults());
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void areSerializable(Serializable options) throws IOException, ClassNotFoundException {
    assertThat(InstantiationUtil.clone(options)).isEqualTo(options);
  }

  @Test
  void onlyCustomersAreAnalysedByDefault() {
    assertThat(DecodeOptions.defaults().analysedRoles()).containsExactly(Role.CUSTOMER);
  }

  static Stream<Arguments> rejected() {
    return Stream.of(
        rejected(
            () -> DecodeOptions.defaults().withAnalysedRoles(Set.of()),
            "analysedRoles must name at least one role, but is empty"),
        rejected(
            () -> OrderOptions.defaults().withReorderBoundMs(-1),
            "reorderBoundMs must be at least 0, but is -1"),
        rejected(
            () -> CallLimits.defaults().withConversationTimeoutMs(0),
            "conversationTimeoutMs must be at least 1, but is 0"),
        rejected(
            () -> RecognizeOptions.defaults().withMemoryTtlMs(0),
            "memoryTtlMs must be at least 1, but is 0"),
        rejected(
            () -> RecognizeOptions.defaults().withTracedShare(1.5),
            "tracedShare must be from 0.0 to 1.0, but is 1.5"),
        rejected(
            () -> RecognizeOptions.defaults().withResidentBytes(-1),
            "residentBytes must be at least 0, but is -1"),
        rejected(
            () -> new SegmentOptions(SegmenterConfig.defaults(), -1, Set.of()),
            "offsetToleranceMs must be at least 0, but is -1"),
        rejected(
            () ->
                SegmentOptions.defaults()
                    .withSegmenter(new SegmenterConfig(0.5, 0.3, 320, 32, 39, 10_000, 2_000)),
            "segmenter.minSpeechMs must be at least 40, but is 39"));
  }

  private static Arguments rejected(ThrowingCallable options, String message) {
    return Arguments.of(options, message);
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void rejectValuesOutOfRange(ThrowingCallable options, String message) {
    assertThatThrownBy(options).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
