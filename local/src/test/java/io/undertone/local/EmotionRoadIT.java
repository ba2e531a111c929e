package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.InvalidOptionException;
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

/** The whole job on a real broker and a real cluster; the model alone is a fake. */
@ExtendWith(ClusterExtension.class)
class EmotionRoadIT {
  private static final long CAPTURE_TIME_MS = 1_600_000_000_000L;
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(CAPTURE_TIME_MS);

  @Test
  void callsOfAllTelephoneCodecsBecomeEvents(Cluster cluster)
      throws TopicUnavailableException,
          InvalidOptionException,
          InterruptedException,
          AudioFileException {
    TestRoad road = TestRoad.with(cluster);
    RunningJob job = road.start(2);

    try (CallReplayer replayer = road.replayer();
        TopicReader<EmotionEvent> events = road.events()) {
      replayer.replay(DemoCalls.call("lost-parcel", "mu-law"), SETTINGS.withCodec(AudioCodec.PCMU));
      replayer.replay(DemoCalls.call("cold-house", "a-law"), SETTINGS.withCodec(AudioCodec.PCMA));
      replayer.replay(
          DemoCalls.call("cancelled-trip", "opus"), SETTINGS.withCodec(AudioCodec.OPUS));
      List<EmotionEvent> heard = events.await(EventSets.endOf(3));

      assertThatCallIsComplete(EventSets.ofCall("mu-law", heard));
      assertThatCallIsComplete(EventSets.ofCall("a-law", heard));
      assertThatCallIsComplete(EventSets.ofCall("opus", heard));
      assertThat(heard).extracting(EmotionEvent::getEventId).doesNotHaveDuplicates();
      assertThat(events.records()).allSatisfy(EmotionRoadIT::assertThatKeyAndTimeAreRight);
    } finally {
      job.cancel();
    }
  }

  @Test
  void shuffledAndRepeatedChunksGiveTheSameUtterances(Cluster cluster)
      throws TopicUnavailableException,
          InvalidOptionException,
          InterruptedException,
          AudioFileException {
    CallRecording call = DemoCalls.begin(DemoCalls.call("lost-parcel", "call"), 30_000);
    List<AudioChunk> ordered = CallChunks.of(call, SETTINGS);

    List<EmotionEvent> undisturbed = utterancesOf(TestRoad.with(cluster), ordered);
    List<EmotionEvent> disturbed =
        utterancesOf(TestRoad.with(cluster), shuffledAndRepeated(ordered));

    assertThat(disturbed).isNotEmpty().isEqualTo(undisturbed);
  }

  private static List<EmotionEvent> utterancesOf(TestRoad road, List<AudioChunk> chunks)
      throws TopicUnavailableException, InvalidOptionException, InterruptedException {
    RunningJob job = road.start(1);
    try (CallReplayer replayer = road.replayer();
        TopicReader<EmotionEvent> events = road.events()) {
      replayer.send(chunks, SETTINGS);
      return events.await(EventSets.endOf(1)).stream()
          .filter(event -> event.getKind() == EventKind.UTTERANCE)
          .toList();
    } finally {
      job.cancel();
    }
  }

  /** Each chunk moves by less than the reorder bound; one of ten comes twice. */
  private static List<AudioChunk> shuffledAndRepeated(List<AudioChunk> ordered) {
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

  /** Stamped with the time of the audio, the event would be past its retention. */
  private static void assertThatKeyAndTimeAreRight(ConsumerRecord<byte[], byte[]> record) {
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).startsWith(DemoCalls.TENANT + "/");
    assertThat(record.timestamp()).isGreaterThan(CAPTURE_TIME_MS + 1_000_000_000L);
  }
}
