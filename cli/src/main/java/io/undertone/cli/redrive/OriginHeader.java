package io.undertone.cli.redrive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Marks a record that was sent again with the coordinates of the first one. A record with this mark
 * that is refused again is not sent a third time, so that no record circulates for ever.
 */
final class OriginHeader {
  private static final String NAME = "undertone-redriven-from";

  private OriginHeader() {}

  static String coordinates(String topic, int partition, long offset) {
    return topic + "/" + partition + "/" + offset;
  }

  static Header of(String coordinates) {
    return new RecordHeader(NAME, coordinates.getBytes(StandardCharsets.UTF_8));
  }

  /** The coordinates of the first record; empty if this one was not sent again. */
  static Optional<String> in(Headers headers) {
    return Optional.ofNullable(headers.lastHeader(NAME))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }
}
