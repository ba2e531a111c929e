package io.undertone.dashboard.topics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The next offset of each partition of the events topic: how far the dashboard has read. */
public final class Offsets {
  private final Map<Integer, Long> next = new ConcurrentHashMap<>();

  void set(int partition, long offset) {
    next.put(partition, offset);
  }

  /** As the id of a server-sent event: partition and offset, such as {@code 0:17,1:4}. */
  public String id() {
    return new TreeMap<>(next)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(","));
  }
}
