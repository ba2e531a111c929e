package io.undertone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.options.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnusedRecordsTest {
  private final Map<String, Long> records = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final UnusedRecords unused =
      new UnusedRecords(topic -> records.getOrDefault(topic, 0L), notes::add);

  @Test
  void whatTheJobUsesIsNotTold() {
    unused.report();

    assertThat(notes).isEmpty();
  }

  @Test
  void reportsEachIncreaseOnce() {
    records.put(TopicNames.DEFAULT.deadLetters(), 649L);
    unused.report();
    unused.report();
    records.put(TopicNames.DEFAULT.late(), 3L);
    unused.report();

    assertThat(notes).hasSize(2);
    assertThat(notes.get(0)).startsWith("649 dead letters").contains(".dlq");
    assertThat(notes.get(1)).startsWith("3 late chunks").contains(".late");
  }
}
