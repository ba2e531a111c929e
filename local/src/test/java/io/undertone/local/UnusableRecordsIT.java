package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.file.AudioFileException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.AnalysisOptions;
import io.undertone.jobs.options.JobOptions;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Unusable records go to a topic of their own with their coordinates; all others are processed. */
@ExtendWith(ClusterExtension.class)
class UnusableRecordsIT {
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  @Test
  void unusableRecordsBecomeDeadLettersAndOthersAreProcessed(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, AudioFileException, IOException {
    TestPipeline pipeline = TestPipeline.with(cluster);
    List<AudioChunk> call = chunksOfACall();
    List<byte[]> poison = poison(call.get(0));
    RunningJob job = pipeline.start(1);

    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events();
        TopicReader<DeadLetter> deadLetters = pipeline.deadLetters()) {
      List<RawProducer.Sent> sent = pipeline.sendRaw(poison);
      replayer.send(call, SETTINGS);
      List<DeadLetter> letters = deadLetters.await(read -> read.size() >= poison.size());
      List<EmotionEvent> received = events.await(EventSets.endOf(1));

      assertThat(letters).hasSameSizeAs(poison);
      assertThat(letters)
          .extracting(RawProducer.Sent::of)
          .containsExactlyInAnyOrderElementsOf(sent);
      assertThat(letters).allSatisfy(letter -> assertThat(letter.getMessage()).isNotBlank());
      assertThat(received).hasSizeGreaterThan(1);
    } finally {
      job.cancel();
    }
  }

  @Test
  void aChunkBeyondTheReorderBoundIsLate(Cluster cluster)
      throws TopicUnavailableException, InterruptedException, AudioFileException {
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            new FakeEmotionModelFactory(),
            JobOptions.defaults().with(AnalysisOptions.REORDER_BOUND, Duration.ofSeconds(1)));
    List<AudioChunk> call = new ArrayList<>(chunksOfACall());
    AudioChunk late = call.remove(20);
    call.add(100, late);
    RunningJob job = pipeline.start(1);

    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events();
        TopicReader<DeadLetter> lateLetters = pipeline.late()) {
      replayer.send(call, SETTINGS);
      List<DeadLetter> letters = lateLetters.await(read -> !read.isEmpty());
      List<EmotionEvent> received = events.await(EventSets.endOf(1));

      assertThat(letters).hasSize(1);
      assertThat(letters.get(0).getReason()).isEqualTo(DeadLetterReason.LATE);
      assertThat(letters.get(0).getConversationId()).isEqualTo(late.getConversationId());
      EmotionEvent conversation = received.get(received.size() - 1);
      assertThat(conversation.getConversation().getLateChunks()).isEqualTo(1);
      assertThat(conversation.getConversation().getMissingChunks()).isEqualTo(1);
    } finally {
      job.cancel();
    }
  }

  private static List<AudioChunk> chunksOfACall() throws AudioFileException {
    return CallChunks.of(
        DemoCalls.beginOf(DemoCalls.call("lost-parcel", "valid"), 20_000), SETTINGS);
  }

  private static List<byte[]> poison(AudioChunk valid) throws IOException {
    byte[] whole = bytes(AudioChunk.getEncoder().encode(valid));
    AudioChunk unknownCodec = AudioChunk.newBuilder(valid).setCodec(AudioCodec.UNSUPPORTED).build();
    AudioChunk oddLength =
        AudioChunk.newBuilder(valid).setPayload(ByteBuffer.wrap(new byte[3])).build();
    AudioChunk absurdRate = AudioChunk.newBuilder(valid).setSampleRateHz(-8000).build();
    return List.of(
        new byte[0],
        "{\"tenant\": \"json\"}".getBytes(StandardCharsets.UTF_8),
        Arrays.copyOf(whole, whole.length / 2),
        bytes(AudioChunk.getEncoder().encode(unknownCodec)),
        bytes(AudioChunk.getEncoder().encode(oddLength)),
        bytes(AudioChunk.getEncoder().encode(absurdRate)));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
