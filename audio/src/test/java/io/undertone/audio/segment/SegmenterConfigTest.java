package io.undertone.audio.segment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SegmenterConfigTest {

  @Test
  void rejectsValuesOutOfRange() {
    assertThatThrownBy(() -> new SegmenterConfig(1.5, 0.35, 400, 64, 200, 10_000, 2_000))
        .hasMessage("onsetProbability must be above 0 and at most 1.0, but is 1.5");
    assertThatThrownBy(() -> new SegmenterConfig(0.5, 0.6, 400, 64, 200, 10_000, 2_000))
        .hasMessage("sustainProbability must be above 0 and at most 0.5, but is 0.6");
    assertThatThrownBy(() -> new SegmenterConfig(0.5, 0.35, 10, 0, 200, 10_000, 2_000))
        .hasMessage("pauseMs must be at least 32, but is 10");
    assertThatThrownBy(() -> new SegmenterConfig(0.5, 0.35, 400, 401, 200, 10_000, 2_000))
        .hasMessage("paddingMs must be at most 400, but is 401");
    assertThatThrownBy(() -> new SegmenterConfig(0.5, 0.35, 400, 64, -1, 10_000, 2_000))
        .hasMessage("minSpeechMs must be at least 0, but is -1");
    assertThatThrownBy(() -> new SegmenterConfig(0.5, 0.35, 400, 64, 200, 3_000, 2_000))
        .hasMessage("maxUtteranceMs must be at least 4000, but is 3000");
  }
}
