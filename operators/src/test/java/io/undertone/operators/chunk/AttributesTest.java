package io.undertone.operators.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {

  @Test
  void changesWhatIsNamedAndRemovesEmptyValues() {
    Map<String, String> current = Map.of("queue", "billing", "agent", "7", "language", "en");

    assertThat(Attributes.after(current, Map.of("queue", "returns", "agent", "")))
        .isEqualTo(Map.of("queue", "returns", "language", "en"));
    assertThat(Attributes.after(current, Map.of())).isEqualTo(current);
    assertThat(Attributes.after(Map.of(), Map.of("agent", ""))).isEmpty();
  }

  @Test
  void aCallNeverHasMoreThanTheMost() {
    Map<String, String> call = Map.of();
    for (int chunk = 0; chunk < 10; chunk++) {
      Map<String, String> named = new HashMap<>();
      for (int i = 0; i < Attributes.MOST; i++) {
        named.put("chunk-%d-%02d".formatted(chunk, i), "value");
      }
      call = Attributes.after(call, named);
    }

    assertThat(call).hasSize(Attributes.MOST).containsKey("chunk-0-31");
    Map<String, String> replaced = Attributes.after(call, Map.of("chunk-0-00", "", "queue", "x"));
    assertThat(replaced).hasSize(Attributes.MOST).containsEntry("queue", "x");
    assertThat(Attributes.after(call, Map.of("chunk-0-05", "other")))
        .containsEntry("chunk-0-05", "other");
  }

  @Test
  void countsCharacters() {
    assertThat(Attributes.characters(Map.of("queue", "billing", "agent", "7"))).isEqualTo(18);
  }
}
