package io.undertone.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationTest {
  private static final Annotation.Facts FACTS =
      new Annotation.Facts(
          "acme",
          "call $1",
          "CUSTOMER",
          "angry",
          0.7,
          Map.of("severity", "page"),
          Map.of("queue", "{{ $call }}"));

  @Test
  void placeholdersStandForWhatIsKnown() {
    Annotation annotation =
        new Annotation(
            "{{$tenant}}/{{ $call }}: {{ $role }} is {{ $emotion }} ({{ $value }}),"
                + " {{ $labels.severity }} } {");

    assertThat(annotation.unknown(Set.of("severity"))).isEmpty();
    assertThat(annotation.render(FACTS))
        .isEqualTo("acme/call $1: CUSTOMER is angry (0.7), page } {");
  }

  @Test
  void whatACallSaysIsNoPlaceholder() {
    assertThat(new Annotation("{{ $attributes.queue }}").render(FACTS)).isEqualTo("{{ $call }}");
  }

  @Test
  void whatIsMissingIsEmpty() {
    Annotation.Facts little =
        new Annotation.Facts("acme", "c", "UNKNOWN", null, null, Map.of(), Map.of());

    assertThat(new Annotation("[{{ $emotion }}{{ $value }}{{ $attributes.x-y }}]").render(little))
        .isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({"-1.5, -1.5", "3.0, 3", "0.6999, 0.7", "-0.001, 0", "100, 100"})
  void numbersHaveTwoDecimalsAtMost(double value, String text) {
    Annotation.Facts facts =
        new Annotation.Facts("acme", "c", "UNKNOWN", null, value, Map.of(), Map.of());

    assertThat(new Annotation("{{ $value }}").render(facts)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ $mood }}",
        "{{ value }}",
        "{{ $labels.team }}",
        "{{ $labels }}",
        "{{ $value | humanize }}",
        "{{}}",
        "{{ $value",
        "{{ $value }"
      })
  void namesWhatStandsForNothing(String text) {
    assertThat(new Annotation("It is " + text).unknown(Set.of("severity"))).containsExactly(text);
  }
}
