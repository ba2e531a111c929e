package io.undertone.jobs.kafka.source;

import io.undertone.jobs.kafka.source.TopicState.Offsets;
import io.undertone.jobs.options.MissingRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares where it shall read on with what the topic has, and passes all else on. */
final class MissingRecordsReader<T> implements SourceReader<T, KafkaPartitionSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(MissingRecordsReader.class);

  private final SourceReader<T, KafkaPartitionSplit> reader;
  private final Function<String, Optional<TopicState>> topics;
  private final MissingRecords missing;
  private final Counter lostRecords;
  private final Map<String, Uuid> topicIds = new HashMap<>();
  private volatile long retentionMs = TopicState.EVERLASTING;

  /**
   * @param topics how each topic is now; empty if there is none
   * @param lostRecords counts offsets that were not read
   */
  MissingRecordsReader(
      SourceReader<T, KafkaPartitionSplit> reader,
      Function<String, Optional<TopicState>> topics,
      MissingRecords missing,
      Counter lostRecords) {
    this.reader = reader;
    this.topics = topics;
    this.missing = missing;
    this.lostRecords = lostRecords;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    List<KafkaPartitionSplit> readable = new ArrayList<>();
    Map<String, Optional<TopicState>> states = new HashMap<>();
    for (KafkaPartitionSplit split : splits) {
      Optional<TopicState> topic = states.computeIfAbsent(split.getTopic(), topics);
      if (topic.isPresent()) {
        add(split, topic.get(), readable);
      } else {
        addWithoutTopic(split, readable);
      }
    }
    reader.addSplits(readable);
  }

  /** How long the topic kept records when a partition was last added. Thread-safe. */
  long retentionMs() {
    return retentionMs;
  }

  private void add(
      KafkaPartitionSplit split, TopicState topic, List<KafkaPartitionSplit> readable) {
    topicIds.put(split.getTopic(), topic.id());
    retentionMs = topic.retentionMs();
    Offsets offsets = topic.partitions().get(split.getTopicPartition());
    if (offsets == null) {
      report(split, "is no longer in its topic, which was created anew with fewer", 0);
    } else if (isOfAnotherTopic(split, topic) && missing != MissingRecords.TRUST) {
      report(split, "was deleted and created anew", 0);
      readable.add(at(offsets.first(), split));
    } else {
      readable.add(readable(split, offsets));
    }
  }

  /** The topic may come back: then the consumer fails, or the next reader sees that it is new. */
  private void addWithoutTopic(KafkaPartitionSplit split, List<KafkaPartitionSplit> readable) {
    report(split, "was deleted with its topic", 0);
    if (split instanceof IdentifiedSplit known) {
      topicIds.put(split.getTopic(), known.topicId());
    }
    readable.add(split);
  }

  private KafkaPartitionSplit readable(KafkaPartitionSplit split, Offsets offsets) {
    long offset = split.getStartingOffset();
    if (offset > offsets.end()) {
      report(split, "was truncated or created anew: it ends at offset " + offsets.end(), 0);
    } else if (offset >= 0 && offset < offsets.first()) {
      report(
          split,
          "has lost records to its retention: it begins at offset " + offsets.first(),
          offsets.first() - offset);
    } else {
      return split;
    }
    return at(offsets.first(), split);
  }

  private static KafkaPartitionSplit at(long offset, KafkaPartitionSplit split) {
    return new KafkaPartitionSplit(
        split.getTopicPartition(),
        offset,
        split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET));
  }

  private static boolean isOfAnotherTopic(KafkaPartitionSplit split, TopicState topic) {
    return split instanceof IdentifiedSplit known && !known.topicId().equals(topic.id());
  }

  private void report(KafkaPartitionSplit split, String what, long lost) {
    String message =
        "partition %s, which the job has read up to offset %d, %s"
            .formatted(split.getTopicPartition(), split.getStartingOffset(), what);
    if (missing == MissingRecords.FAIL) {
      throw new MissingRecordsException(message);
    }
    lostRecords.inc(lost);
    LOG.error("{}; the job goes on with what is there", message);
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId).stream().map(this::identified).toList();
  }

  private KafkaPartitionSplit identified(KafkaPartitionSplit split) {
    Uuid id = topicIds.get(split.getTopic());
    return id == null ? split : new IdentifiedSplit(split, id);
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    return reader.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }
}
