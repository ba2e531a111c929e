package io.undertone.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UtteranceTableTest {

  @Test
  void aLongNameLeavesTheColumnsWhereTheyAre() {
    StringWriter printed = new StringWriter();
    UtteranceTable table = new UtteranceTable(new PrintWriter(printed));

    table.header();
    table.utterance("call", "customer", 0, 65_320, "sad", Map.of("sad", 1f), "");
    table.utterance(
        "a-name-that-is-longer-than-its-column", "customer", 0, 900, "sad", Map.of("sad", 1f), "");

    List<String> lines = printed.toString().lines().toList();
    assertThat(lines).hasSize(3).allMatch(line -> line.length() == lines.get(0).length());
    assertThat(lines.get(1)).contains("1:05.3");
    assertThat(lines.get(2)).startsWith("a-name-that-is-longer... customer");
  }
}
