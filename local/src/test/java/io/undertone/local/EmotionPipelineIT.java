package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EndReason;
import io.undertone.schemas.EventKind;
import io.undertone.schemas.ParticipantRole;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole job on a real broker and a real cluster, with a fake model. */
@ExtendWith(ClusterExtension.class)
class EmotionPipelineIT {
  private static final long CAPTURE_TIME_MS = 1_600_000_000_000L;
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(CAPTURE_TIME_MS);

  @Test
  void turnsCallsOfAllCodecsIntoEvents(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    TestPipeline pipeline = TestPipeline.with(cluster);
    RunningJob job = pipeline.start(2);

    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      replayer.replay(DemoCalls.call("lost-parcel", "mu-law"), SETTINGS.withCodec(AudioCodec.PCMU));
      replayer.replay(DemoCalls.call("cold-house", "a-law"), SETTINGS.withCodec(AudioCodec.PCMA));
      replayer.replay(
          DemoCalls.call("cancelled-trip", "opus"), SETTINGS.withCodec(AudioCodec.OPUS));
      List<EmotionEvent> received = events.await(EventSets.endOf(3));

      assertThatCallIsComplete(EventSets.ofCall("mu-law", received));
      assertThatCallIsComplete(EventSets.ofCall("a-law", received));
      assertThatCallIsComplete(EventSets.ofCall("opus", received));
      assertThat(received).extracting(EmotionEvent::getEventId).doesNotHaveDuplicates();
      assertThat(events.records()).allSatisfy(EmotionPipelineIT::assertThatKeyAndTimeAreRight);
    } finally {
      job.cancel();
    }
  }

  @Test
  void shuffledAndDuplicatedChunksGiveTheSameUtterances(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    CallRecording call = DemoCalls.beginOf(DemoCalls.call("lost-parcel", "call"), 30_000);
    List<AudioChunk> ordered = CallChunks.of(call, SETTINGS);

    List<EmotionEvent> inOrder = utterancesOf(TestPipeline.with(cluster), ordered);
    List<EmotionEvent> shuffled =
        utterancesOf(TestPipeline.with(cluster), shuffledAndDuplicated(ordered));

    // The revision is the offset of a chunk, which duplicates move.
    assertThat(shuffled)
        .isNotEmpty()
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("revision")
        .isEqualTo(inOrder);
  }

  private static List<EmotionEvent> utterancesOf(TestPipeline pipeline, List<AudioChunk> chunks)
      throws TopicUnavailableException, InterruptedException {
    RunningJob job = pipeline.start(1);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      replayer.send(chunks, SETTINGS);
      return events.await(EventSets.endOf(1)).stream()
          .filter(event -> event.getKind() == EventKind.UTTERANCE)
          .toList();
    } finally {
      job.cancel();
    }
  }

  /** Each chunk moves by less than the reorder bound; one of ten is duplicated. */
  private static List<AudioChunk> shuffledAndDuplicated(List<AudioChunk> ordered) {
    Random random = new Random(7);
    List<AudioChunk> chunks = new ArrayList<>();
    int window = 10;
    for (int begin = 0; begin < ordered.size(); begin += window) {
      List<AudioChunk> some =
          new ArrayList<>(ordered.subList(begin, Math.min(begin + window, ordered.size())));
      some.add(some.get(0));
      Collections.shuffle(some, random);
      chunks.addAll(some);
    }
    return chunks;
  }

  private static void assertThatCallIsComplete(List<EmotionEvent> call) {
    List<EmotionEvent> utterances = call.subList(0, call.size() - 1);
    EmotionEvent conversation = call.get(call.size() - 1);

    assertThat(utterances).hasSizeGreaterThan(3);
    for (int i = 0; i < utterances.size(); i++) {
      EmotionEvent utterance = utterances.get(i);
      assertThat(utterance.getKind()).isEqualTo(EventKind.UTTERANCE);
      assertThat(utterance.getUtteranceIndex()).isEqualTo(i);
      assertThat(utterance.getParticipantRole()).isEqualTo(ParticipantRole.CUSTOMER);
      assertThat(utterance.getEventTimeMs())
          .isEqualTo(CAPTURE_TIME_MS + utterance.getEndOffsetMillis());
      assertThat(sum(utterance)).isCloseTo(1f, within(1e-3f));
    }
    assertThat(conversation.getKind()).isEqualTo(EventKind.CONVERSATION);
    assertThat(conversation.getUtteranceIndex()).isEqualTo(utterances.size());
    assertThat(conversation.getConversation().getEndReason()).isEqualTo(EndReason.LAST_CHUNK);
    assertThat(conversation.getConversation().getMissingAudioMillis()).isZero();
  }

  private static float sum(EmotionEvent event) {
    return (float) event.getProbabilities().values().stream().mapToDouble(Float::doubleValue).sum();
  }

  /** With the capture time of the audio as timestamp, Kafka would delete the event at once. */
  private static void assertThatKeyAndTimeAreRight(ConsumerRecord<byte[], byte[]> record) {
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).startsWith(DemoCalls.TENANT + "/");
    assertThat(record.timestamp()).isGreaterThan(CAPTURE_TIME_MS + 1_000_000_000L);
  }
}
