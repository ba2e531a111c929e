package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.CutField;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records as large as Kafka takes them become dead letters; the job never fails. */
@ExtendWith(ClusterExtension.class)
class OversizedRecordsIT {
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  /** Nearly the megabyte that Kafka's producers and brokers accept by default. */
  private static final int LARGEST = 1_040_000;

  private static final int LARGEST_PAYLOAD = 256 * 1024;

  @Test
  void noRecordFailsTheJob(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, AudioFileException, IOException {
    TestPipeline pipeline = TestPipeline.with(cluster);
    List<AudioChunk> call = chunksOfTheCustomer();
    List<ProducerRecord<byte[], byte[]>> unusable =
        unusable(pipeline.topics().audioChunks(), call.get(0));
    AudioChunk last = call.get(call.size() - 1);
    AudioChunk early = withLargestPayload(last).setChunkIndex(80_000_000).build();
    AudioChunk late = withLargestPayload(last).setChunkIndex(last.getChunkIndex() + 1).build();
    RunningJob job = pipeline.start(1);

    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events();
        TopicReader<DeadLetter> deadLetters = pipeline.deadLetters();
        TopicReader<DeadLetter> lateLetters = pipeline.late()) {
      pipeline.sendRecords(unusable);
      replayer.send(call.subList(0, call.size() - 1), SETTINGS);
      replayer.send(List.of(early, last), SETTINGS);
      List<EmotionEvent> received = events.await(EventSets.endOf(1));
      replayer.send(List.of(late), SETTINGS);
      List<DeadLetter> letters = deadLetters.await(read -> read.size() > unusable.size());
      List<DeadLetter> lateOnes = lateLetters.await(read -> !read.isEmpty());

      assertThat(job.lastFailure()).isEmpty();
      assertThat(received).hasSizeGreaterThan(1);
      assertThat(letters).hasSize(unusable.size() + 1);
      assertThat(letters)
          .extracting(DeadLetter::getValue)
          .filteredOn(Objects::nonNull)
          .containsExactly(early.toByteBuffer());
      assertThat(letters)
          .flatExtracting(DeadLetter::getCut)
          .extracting(CutField::getField)
          .contains("key", "tenant", "conversationId", "message");
      assertThat(lateOnes).hasSize(1);
      assertThat(lateOnes.get(0).getReason()).isEqualTo(DeadLetterReason.LATE);
      assertThat(AudioChunk.fromByteBuffer(lateOnes.get(0).getValue())).isEqualTo(late);
    } finally {
      job.cancel();
    }
  }

  private static List<AudioChunk> chunksOfTheCustomer() throws AudioFileException {
    return CallChunks.of(
            DemoCalls.beginOf(DemoCalls.call("lost-parcel", "valid"), 20_000), SETTINGS)
        .stream()
        .filter(chunk -> chunk.getRole() == Role.CUSTOMER)
        .toList();
  }

  private static AudioChunk.Builder withLargestPayload(AudioChunk chunk) {
    return AudioChunk.newBuilder(chunk)
        .setStartOffsetMs(80_000_000)
        .setPayload(ByteBuffer.allocate(LARGEST_PAYLOAD))
        .setLastChunk(false);
  }

  private static List<ProducerRecord<byte[], byte[]>> unusable(String topic, AudioChunk valid)
      throws IOException {
    byte[] half = filled(LARGEST / 2);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(record(topic, null, null));
    records.add(record(topic, filled(LARGEST), null));
    records.add(record(topic, null, filled(LARGEST)));
    records.add(record(topic, half, half));
    records.add(
        new ProducerRecord<>(topic, null, half, null, List.of(new RecordHeader("large", half))));
    for (AudioChunk chunk : chunksWithLongFields(valid)) {
      records.add(record(topic, null, chunk.toByteBuffer().array()));
    }
    return records;
  }

  private static List<AudioChunk> chunksWithLongFields(AudioChunk valid) {
    String longName = "n".repeat(LARGEST - 1000);
    // Three bytes each in UTF-8.
    String longInBytes = "\uFFFD".repeat(LARGEST / 3 - 1000);
    return List.of(
        AudioChunk.newBuilder(valid).setTenant(longName).build(),
        AudioChunk.newBuilder(valid).setTenant(" ".repeat(LARGEST - 1000)).build(),
        AudioChunk.newBuilder(valid).setTenant("a/" + longName).build(),
        AudioChunk.newBuilder(valid).setConversationId(longName).build(),
        AudioChunk.newBuilder(valid).setConversationId(longInBytes).build(),
        AudioChunk.newBuilder(valid).setPayload(ByteBuffer.allocate(LARGEST - 1000)).build());
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, byte @Nullable [] key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic, key, value);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }
}
