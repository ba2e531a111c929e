package io.undertone.local;

import io.undertone.local.embedded.EmbeddedFlink;
import io.undertone.local.embedded.EmbeddedKafka;

/** The broker and the Flink cluster that all tests share; each test creates its own topics. */
public record Cluster(EmbeddedKafka kafka, EmbeddedFlink flink) implements AutoCloseable {
  private static final int SLOTS = 2;

  static Cluster start() {
    return new Cluster(EmbeddedKafka.start(), EmbeddedFlink.start(SLOTS));
  }

  @Override
  public void close() {
    flink.close();
    kafka.close();
  }
}
