package io.undertone.dashboard.web;

import io.javalin.http.Context;
import io.undertone.dashboard.calls.CallKey;
import io.undertone.dashboard.topics.TopicWriter;
import io.undertone.dashboard.view.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a visitor says to a topic, and answers once it is there. */
final class RecordStore {
  private static final Logger LOG = LoggerFactory.getLogger(RecordStore.class);

  private final TopicWriter writer;
  private final String topic;

  RecordStore(TopicWriter writer, String topic) {
    this.writer = writer;
    this.topic = topic;
  }

  /** A record in single-object encoding. */
  interface Encoded {
    ByteBuffer bytes() throws IOException;
  }

  private record Stored(boolean stored) {}

  /**
   * Stores a record, and says so.
   *
   * @param call what the record is about
   * @throws Problem 503 if the broker does not take it
   */
  void store(Context context, CallKey call, Encoded record) {
    try {
      writer.write(topic, call, record.bytes());
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
      throw new Problem(503, String.valueOf(e.getMessage()));
    }
    context.contentType("application/json; charset=utf-8").result(Json.of(new Stored(true)));
  }
}
