package io.undertone.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.schemas.EventKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class EventTableTest {

  @Test
  void anErasedCallIsNamed() {
    StringWriter out = new StringWriter();

    new EventTable(new PrintWriter(out)).print(ErasedEvents.event("call-1", EventKind.ERASED));

    assertThat(out.toString().strip()).matches("call-1 +erased on request");
  }
}
