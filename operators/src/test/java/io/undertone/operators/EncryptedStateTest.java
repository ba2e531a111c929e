package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.Emotion;
import io.undertone.operators.encryption.StateKeyException;
import io.undertone.operators.encryption.StateKeySource;
import io.undertone.operators.testing.Backend;
import io.undertone.operators.testing.StateFiles;
import io.undertone.operators.testing.TestCall;
import io.undertone.operators.testing.TestPipeline;
import io.undertone.operators.testing.TestPipeline.Snapshot;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keys encrypt what keyed state holds of a voice: memories, open utterances, waiting chunks, the
 * emotions of the call so far.
 */
class EncryptedStateTest {
  /** Where the first run ends: in an utterance, with a memory, and a chunk that waits. */
  private static final long SNAPSHOT_AT = 225;

  /** How an open channel begins: version, and role with its length. */
  private static final String CHANNEL_AUDIO = "\0\2\0\10CUSTOMER";

  private final TestCall call = TestCall.ofSeconds("call-1", 10);
  private @TempDir Path folder;
  private StateKeySource old;
  private StateKeySource rotated;
  private StateKeySource other;

  @BeforeEach
  void writeKeys() throws IOException {
    old = keys("old", 1);
    rotated = keys("rotated", 2, 1);
    other = keys("other", 3);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aCallGoesOnWithRotatedKeys(Backend backend) throws Exception {
    List<EmotionEvent> undisturbed = events(Backend.HASH_MAP, List.of(StateKeySource.none()));

    assertThat(undisturbed).hasSizeGreaterThan(3);
    assertThat(events(backend, List.of(old, rotated))).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void stateThatIsNotEncryptedRestores(Backend backend) throws Exception {
    assertThat(events(backend, List.of(StateKeySource.none(), old)))
        .isEqualTo(events(Backend.HASH_MAP, List.of(StateKeySource.none())));
  }

  @ParameterizedTest
  @EnumSource(
      value = Backend.class,
      names = {"HASH_MAP", "ROCKS_DB"})
  void checkpointsHoldNeitherAudioNorMemoriesNorEmotions(Backend backend) throws Exception {
    byte[] voice = new byte[320];
    new Random(1).nextBytes(voice);
    String spoken = StateFiles.text(voice);
    EmotionEvent event = events(Backend.HASH_MAP, List.of(StateKeySource.none())).get(0);
    String felt = probabilities(event, ByteOrder.BIG_ENDIAN);

    String plain = text(snapshot(backend, StateKeySource.none(), voice));
    assertThat(plain).contains("UTMM", "UTCS", CHANNEL_AUDIO, spoken, felt);
    assertThat(text(snapshot(backend, old, voice)))
        .contains("UTSE", "key-1")
        .doesNotContain("UTMM", "UTCS", CHANNEL_AUDIO, spoken, felt)
        .doesNotContain(probabilities(event, ByteOrder.LITTLE_ENDIAN));
  }

  @Test
  void aMissingKeyIsNoticedBeforeTheFirstRecord() throws Exception {
    Snapshot snapshot = snapshot(Backend.HASH_MAP, old, new byte[320]);

    for (StateKeySource keys : List.of(other, StateKeySource.none())) {
      assertThatThrownBy(() -> TestPipeline.restore(Backend.HASH_MAP, 1, keys, snapshot))
          .isInstanceOf(StateKeyException.class)
          .hasMessageContaining("'key-1'");
    }
  }

  @Test
  void stateIsWrittenWithTheFirstKey() throws Exception {
    Snapshot snapshot = snapshot(Backend.HASH_MAP, old, new byte[320]);
    try (TestPipeline pipeline = TestPipeline.restore(Backend.HASH_MAP, 1, rotated, snapshot)) {
      play(SNAPSHOT_AT, 326, pipeline);
      pipeline.process(call.record(327));

      Snapshot written = pipeline.snapshot();
      assertThat(text(List.of(written.order(), written.segment(), written.recognize())))
          .contains("key-2")
          .doesNotContain("key-1");
      assertThat(StateFiles.text(written.emit()))
          .as("what was said before stays as it is until the call ends")
          .contains("key-1", "key-2");
    }
  }

  /** Plays the call; each set of keys after the first restores the job of the one before. */
  private List<EmotionEvent> events(Backend backend, List<StateKeySource> jobs) throws Exception {
    List<EmotionEvent> events = new ArrayList<>();
    Snapshot snapshot;
    try (TestPipeline pipeline = TestPipeline.open(backend, 1, jobs.get(0))) {
      play(0, SNAPSHOT_AT, pipeline);
      pipeline.process(call.record(SNAPSHOT_AT + 1));
      if (jobs.size() == 1) {
        play(SNAPSHOT_AT, call.chunks(), pipeline);
        return pipeline.events();
      }
      snapshot = pipeline.snapshot();
      events.addAll(pipeline.events());
    }
    try (TestPipeline pipeline = TestPipeline.restore(backend, 2, jobs.get(1), snapshot)) {
      play(SNAPSHOT_AT, call.chunks(), pipeline);
      events.addAll(pipeline.events());
    }
    return events;
  }

  /** Of a call with a memory, an open utterance, and a waiting chunk with this payload. */
  private Snapshot snapshot(Backend backend, StateKeySource keys, byte[] voice) throws Exception {
    try (TestPipeline pipeline = TestPipeline.open(backend, 1, keys)) {
      play(0, SNAPSHOT_AT, pipeline);
      pipeline.process(call.record(call.audio(SNAPSHOT_AT + 1).setPayload(ByteBuffer.wrap(voice))));
      assertThat(pipeline.events()).isNotEmpty();
      return pipeline.snapshot();
    }
  }

  private void play(long from, long to, TestPipeline pipeline) throws Exception {
    for (long i = from; i < to; i++) {
      pipeline.process(call.record(i));
    }
  }

  private StateKeySource keys(String name, int... numbers) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int number : numbers) {
      byte[] key = new byte[32];
      key[0] = (byte) number;
      lines.add("key-%d: %s".formatted(number, Base64.getEncoder().encodeToString(key)));
    }
    return new StateKeySource(Files.write(folder.resolve(name), lines).toString());
  }

  private static String text(Snapshot snapshot) throws IOException {
    return text(
        List.of(snapshot.order(), snapshot.segment(), snapshot.recognize(), snapshot.emit()));
  }

  private static String text(List<OperatorSubtaskState> stages) throws IOException {
    StringBuilder text = new StringBuilder();
    for (OperatorSubtaskState stage : stages) {
      text.append(StateFiles.text(stage));
    }
    return text.toString();
  }

  /** In a list of Avro's: big endian as Flink writes it, little endian as Avro itself does. */
  private static String probabilities(EmotionEvent event, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(Emotion.values().length * Float.BYTES).order(order);
    for (Emotion emotion : Emotion.values()) {
      bytes.putFloat(Objects.requireNonNull(event.getProbabilities().get(emotion.longName())));
    }
    return StateFiles.text(bytes.array());
  }
}
