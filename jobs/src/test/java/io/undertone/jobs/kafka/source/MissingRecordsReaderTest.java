package io.undertone.jobs.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.jobs.options.MissingRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingRecordsReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("audio", 0);
  private static final TopicPartition REMOVED = new TopicPartition("audio", 1);
  private static final Uuid ID = new Uuid(1, 2);
  private static final Uuid OTHER_ID = new Uuid(1, 3);

  /** Offsets from 100 to 200. */
  private static final TopicState TOPIC =
      new TopicState(ID, Map.of(PARTITION, new TopicState.Offsets(100, 200)), 86_400_000);

  private final Splits splits = new Splits();
  private final Counter lost = new SimpleCounter();

  @ParameterizedTest
  @CsvSource({
    "100, 100, 0",
    "150, 150, 0",
    "200, 200, 0",
    "40, 100, 60",
    "201, 100, 0",
    "-2, -2, 0", // the connector's word for the earliest
  })
  void readsOnWhereRecordsAreAndCountsThoseThatAreGone(long offset, long readFrom, long gone) {
    reader(MissingRecords.SKIP).addSplits(List.of(split(offset)));

    assertThat(splits.given)
        .extracting(KafkaPartitionSplit::getStartingOffset)
        .containsExactly(readFrom);
    assertThat(lost.getCount()).isEqualTo(gone);
  }

  @Test
  void tellsHowLongTheTopicKeepsRecords() {
    MissingRecordsReader<String> reader = reader(MissingRecords.SKIP);
    assertThat(reader.retentionMs()).isEqualTo(TopicState.EVERLASTING);

    reader.addSplits(List.of(split(150)));

    assertThat(reader.retentionMs()).isEqualTo(86_400_000);
  }

  @Test
  void readsATopicThatWasCreatedAnewFromItsBeginning() {
    reader(MissingRecords.SKIP).addSplits(List.of(new IdentifiedSplit(split(150), OTHER_ID)));

    assertThat(splits.given)
        .extracting(KafkaPartitionSplit::getStartingOffset)
        .containsExactly(100L);
  }

  @Test
  void readsOnInACopyOfTheTopicIfTold() {
    reader(MissingRecords.TRUST).addSplits(List.of(new IdentifiedSplit(split(150), OTHER_ID)));

    assertThat(splits.given)
        .extracting(KafkaPartitionSplit::getStartingOffset)
        .containsExactly(150L);
  }

  @Test
  void leavesOutAPartitionThatIsNoLongerThere() {
    reader(MissingRecords.SKIP)
        .addSplits(List.of(split(150), new KafkaPartitionSplit(REMOVED, 10)));

    assertThat(splits.given)
        .extracting(KafkaPartitionSplit::getTopicPartition)
        .containsExactly(PARTITION);
  }

  @Test
  void waitsForATopicThatIsNotThereAndKeepsItsId() {
    IdentifiedSplit split =
        new IdentifiedSplit(new KafkaPartitionSplit(new TopicPartition("gone", 0), 5), OTHER_ID);
    MissingRecordsReader<String> reader = reader(MissingRecords.SKIP);

    reader.addSplits(List.of(split));

    assertThat(splits.given).containsExactly(split);
    assertThat(reader.snapshotState(1))
        .singleElement(InstanceOfAssertFactories.type(IdentifiedSplit.class))
        .extracting(IdentifiedSplit::topicId)
        .isEqualTo(OTHER_ID);
  }

  @Test
  void failsIfTold() {
    MissingRecordsReader<String> reader = reader(MissingRecords.FAIL);

    reader.addSplits(List.of(new IdentifiedSplit(split(150), ID)));
    assertThatThrownBy(() -> reader.addSplits(List.of(split(40))))
        .isInstanceOf(MissingRecordsException.class)
        .hasMessage(
            "partition audio-0, which the job has read up to offset 40, has lost records to its"
                + " retention: it begins at offset 100");
    assertThatThrownBy(() -> reader.addSplits(List.of(split(201))))
        .isInstanceOf(MissingRecordsException.class)
        .hasMessageContaining("ends at offset 200");
    assertThatThrownBy(() -> reader.addSplits(List.of(new IdentifiedSplit(split(150), OTHER_ID))))
        .isInstanceOf(MissingRecordsException.class)
        .hasMessageContaining("was deleted and created anew");
    assertThatThrownBy(() -> reader.addSplits(List.of(new KafkaPartitionSplit(REMOVED, 10))))
        .isInstanceOf(MissingRecordsException.class)
        .hasMessageContaining("no longer in its topic");
  }

  @Test
  void stateNamesTheTopic() throws IOException {
    MissingRecordsReader<String> reader = reader(MissingRecords.SKIP);
    reader.addSplits(List.of(split(150)));

    KafkaPartitionSplit saved = reader.snapshotState(1).get(0);

    IdentifiedSplitSerializer serializer = new IdentifiedSplitSerializer();
    KafkaPartitionSplit restored =
        serializer.deserialize(serializer.getVersion(), serializer.serialize(saved));
    assertThat(restored).isEqualTo(split(150)).isInstanceOf(IdentifiedSplit.class);
    assertThat(((IdentifiedSplit) restored).topicId()).isEqualTo(ID);
  }

  @Test
  void stateOfFormerVersionsIsRead() throws IOException {
    KafkaPartitionSplitSerializer former = new KafkaPartitionSplitSerializer();

    KafkaPartitionSplit restored =
        new IdentifiedSplitSerializer()
            .deserialize(former.getVersion(), former.serialize(split(150)));

    assertThat(restored).isEqualTo(split(150)).isNotInstanceOf(IdentifiedSplit.class);
  }

  private MissingRecordsReader<String> reader(MissingRecords missing) {
    return new MissingRecordsReader<>(
        splits,
        topic -> topic.equals("audio") ? Optional.of(TOPIC) : Optional.empty(),
        missing,
        lost);
  }

  private static KafkaPartitionSplit split(long offset) {
    return new KafkaPartitionSplit(PARTITION, offset);
  }

  /** Keeps what it is given. */
  private static final class Splits implements SourceReader<String, KafkaPartitionSplit> {
    private final List<KafkaPartitionSplit> given = new ArrayList<>();

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
      given.addAll(splits);
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
      return given;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<String> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void start() {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}
