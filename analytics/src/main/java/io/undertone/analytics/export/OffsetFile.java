package io.undertone.analytics.export;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;

/**
 * How far topics are in the files of a folder: {@code TOPIC/PARTITION=OFFSET}. Readers of Parquet
 * skip files whose names begin with an underscore.
 *
 * @param directory of the Parquet files
 */
record OffsetFile(Path directory) {
  private static final String NAME = "_offsets.properties";

  /** None without a file. */
  Map<TopicPartition, Long> read() throws IOException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    properties()
        .forEach(
            (name, offset) ->
                offsets.put(partition((String) name), Long.parseLong((String) offset)));
    return offsets;
  }

  /** Keeps the offsets of other topics. */
  void write(Map<TopicPartition, Long> offsets) throws IOException {
    Properties properties = properties();
    offsets.forEach(
        (partition, offset) ->
            properties.setProperty(
                partition.topic() + '/' + partition.partition(), String.valueOf(offset)));
    Files.createDirectories(directory);
    Path unfinished = directory.resolve(NAME + ".unfinished");
    try (Writer writer = Files.newBufferedWriter(unfinished)) {
      properties.store(writer, null);
    }
    Files.move(
        unfinished,
        directory.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Properties properties() throws IOException {
    Properties properties = new Properties();
    Path file = directory.resolve(NAME);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    return properties;
  }

  private static TopicPartition partition(String name) {
    int slash = name.lastIndexOf('/');
    return new TopicPartition(
        name.substring(0, slash), Integer.parseInt(name.substring(slash + 1)));
  }
}
