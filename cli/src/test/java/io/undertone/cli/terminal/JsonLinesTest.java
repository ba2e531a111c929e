package io.undertone.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  @Test
  void numbersThatAreNotFiniteAreNull() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("share", Double.NaN);
    values.put("interval", List.of(0.25, Double.POSITIVE_INFINITY));
    values.put("float", Float.NaN);

    assertThat(JsonLines.of(values))
        .isEqualTo("{\"share\":null,\"interval\":[0.25,null],\"float\":null}");
  }

  private record Report(double largestError, boolean passed) {}

  @Test
  void aRecordHasItsComponents() {
    assertThat(JsonLines.of(new Report(Double.NaN, false)))
        .isEqualTo("{\"largestError\":null,\"passed\":false}");
  }
}
