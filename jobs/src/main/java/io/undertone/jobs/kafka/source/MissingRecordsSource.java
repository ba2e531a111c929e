package io.undertone.jobs.kafka.source;

import io.undertone.jobs.options.MissingRecords;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * A Kafka source that notices, whenever its readers start, that records are gone which the job has
 * not read: that retention has passed them, or that the topic was created anew.
 */
public final class MissingRecordsSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<T> source;
  private final HashMap<String, Object> adminProperties;
  private final MissingRecords missing;

  /**
   * @param source must start at {@link StartOffsets}
   * @param adminProperties of the client that looks at the topic
   * @param missing what to do about missing records
   */
  public MissingRecordsSource(
      KafkaSource<T> source, Map<String, Object> adminProperties, MissingRecords missing) {
    this.source = source;
    this.adminProperties = new HashMap<>(adminProperties);
    this.missing = missing;
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    MetricGroup metrics = context.metricGroup().addGroup("undertone");
    MissingRecordsReader<T> reader =
        new MissingRecordsReader<>(
            source.createReader(context),
            topic -> TopicState.of(topic, adminProperties),
            missing,
            metrics.counter("lostRecords"));
    metrics.<Long, Gauge<Long>>gauge("retentionMs", reader::retentionMs);
    return reader;
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    return source.restoreEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new IdentifiedSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return source.getProducedType();
  }
}
