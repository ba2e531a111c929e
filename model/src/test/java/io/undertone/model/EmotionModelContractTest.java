package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Pcm;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.recognizer.RecognizerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link EmotionModel}. The test of an implementation extends this class. */
public abstract class EmotionModelContractTest {
  private static final Offset<Float> BATCH_TOLERANCE = Offset.offset(1e-5f);

  private ModelHandle handle;
  private EmotionModel model;

  /** A model with a fixed fingerprint, the same for each call. */
  protected abstract ModelHandle openModel();

  /** A model with another fingerprint. */
  protected abstract ModelHandle openOtherModel();

  @BeforeEach
  final void open() {
    handle = openModel();
    model = handle.model();
  }

  @AfterEach
  final void closeModel() {
    handle.close();
  }

  @Test
  void aNewMemoryHasNoUpdates() {
    try (ChannelMemory memory = model.newMemory(1)) {
      assertThat(memory.updateStep()).isZero();
      assertThat(memory.snapshot().updateStep()).isZero();
      assertThat(memory.snapshot().modelFingerprint()).isEqualTo(model.version().fingerprint());
    }
  }

  @Test
  void eachUtteranceIsOneUpdate() {
    try (ChannelMemory memory = model.newMemory(1)) {
      for (int i = 0; i < 3; i++) {
        Recognition recognition = recognize(memory, utterance(i));

        assertThat(recognition.update().applied()).isTrue();
        assertThat(recognition.update().tokens()).isPositive();
        assertThat(recognition.update().loss()).isFinite();
        assertThat(memory.updateStep()).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void aReplayGivesTheSameEstimates() {
    assertThat(estimates(7, 0, 1, 2)).isEqualTo(estimates(7, 0, 1, 2));
  }

  @Test
  void theEstimateDependsOnTheUtterancesBefore() {
    EmotionEstimate after = estimates(7, 0, 1, 2).get(2);

    assertThat(after).isNotEqualTo(estimates(7, 2).get(0));
    assertThat(after).isNotEqualTo(estimates(7, 1, 0, 2).get(2));
  }

  @Test
  void aRestoredMemoryContinuesExactly() {
    List<EmotionEstimate> undisturbed = estimates(7, 0, 1, 2, 3);

    byte[] bytes;
    try (ChannelMemory memory = model.newMemory(7)) {
      recognize(memory, utterance(0));
      recognize(memory, utterance(1));
      bytes = MemoryCodec.encode(memory.snapshot(), MemoryEncoding.EXACT);
    }
    try (ChannelMemory memory = model.restore(MemoryCodec.decode(bytes))) {
      assertThat(memory.updateStep()).isEqualTo(2);
      assertThat(MemoryCodec.encode(memory.snapshot(), MemoryEncoding.EXACT)).isEqualTo(bytes);
      assertThat(recognize(memory, utterance(2)).estimate()).isEqualTo(undisturbed.get(2));
      assertThat(recognize(memory, utterance(3)).estimate()).isEqualTo(undisturbed.get(3));
    }
  }

  @Test
  void aSnapshotKeepsItsValuesWhenTheMemoryLearnsMore() {
    try (ChannelMemory memory = model.newMemory(7)) {
      recognize(memory, utterance(0));
      MemorySnapshot snapshot = memory.snapshot();
      byte[] bytes = MemoryCodec.encode(snapshot, MemoryEncoding.EXACT);

      recognize(memory, utterance(1));

      assertThat(MemoryCodec.encode(snapshot, MemoryEncoding.EXACT)).isEqualTo(bytes);
      assertThat(MemoryCodec.encode(memory.snapshot(), MemoryEncoding.EXACT)).isNotEqualTo(bytes);
    }
  }

  @Test
  void eachCallOfABatchGetsTheResultThatItWouldGetAlone() {
    List<ChannelMemory> memories = new ArrayList<>();
    List<RecognitionRequest> requests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      memories.add(model.newMemory(i));
    }
    for (int round = 0; round < 2; round++) {
      requests.clear();
      for (int i = 0; i < 4; i++) {
        requests.add(new RecognitionRequest(utterance(i + round), memories.get(i)));
      }
      List<Recognition> together = model.recognize(requests);
      assertThat(together).hasSize(4);
      for (int i = 0; i < 4; i++) {
        EmotionEstimate alone = round == 0 ? estimates(i, i).get(0) : estimates(i, i, i + 1).get(1);
        assertThat(together.get(i).estimate().toArray())
            .containsExactly(alone.toArray(), BATCH_TOLERANCE);
      }
    }
    memories.forEach(ChannelMemory::close);
  }

  @Test
  void manyThreadsGetTheSameResultsAsOne() {
    List<CompletableFuture<List<EmotionEstimate>>> callsAtOnce = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int seed = i;
      callsAtOnce.add(CompletableFuture.supplyAsync(() -> estimates(seed, seed, 5, 6)));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(callsAtOnce.get(i).join()).isEqualTo(estimates(i, i, 5, 6));
    }
  }

  @Test
  void theRecognizerGivesTheSameResultsAsTheModel() {
    try (RecognizerClient client = handle.recognizer().newClient(new BatchLimits(4, 10));
        ChannelMemory memory = model.newMemory(7)) {
      for (int i = 0; i < 3; i++) {
        RecognitionRequest request = new RecognitionRequest(utterance(i), memory);

        assertThat(client.submit(request).join().estimate())
            .isEqualTo(estimates(7, IntStream.rangeClosed(0, i).toArray()).get(i));
        assertThat(memory.updateStep()).isEqualTo(i + 1);
      }
      byte[] direct = MemoryCodec.encode(memory.snapshot(), MemoryEncoding.EXACT);
      MemorySnapshot snapshot = client.snapshots(List.of(memory)).join().get(0);
      assertThat(MemoryCodec.encode(snapshot, MemoryEncoding.EXACT)).isEqualTo(direct);
    }
  }

  @Test
  void aBarrierReadsAllMemoriesInTheirOrder() {
    List<ChannelMemory> memories = new ArrayList<>();
    try (RecognizerClient client = handle.recognizer().newClient(new BatchLimits(4, 10))) {
      List<byte[]> expected = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ChannelMemory memory = model.newMemory(i);
        memories.add(memory);
        recognize(memory, utterance(i));
        expected.add(MemoryCodec.encode(memory.snapshot(), MemoryEncoding.EXACT));
      }
      List<byte[]> read = new ArrayList<>();
      client
          .readSnapshots(memories)
          .forEachRemaining(
              snapshot -> read.add(MemoryCodec.encode(snapshot, MemoryEncoding.EXACT)));

      assertThat(read).usingRecursiveComparison().isEqualTo(expected);
    }
    memories.forEach(ChannelMemory::close);
  }

  @Test
  void countsItsWork() {
    try (ChannelMemory first = model.newMemory(1);
        ChannelMemory second = model.newMemory(2)) {
      ModelWork before = model.work();
      model.recognize(
          List.of(
              new RecognitionRequest(utterance(0), first),
              new RecognitionRequest(utterance(1), second)));
      ModelWork after = model.work();

      assertThat(after.utterances()).isEqualTo(before.utterances() + 2);
      assertThat(after.batches()).isBetween(before.batches() + 1, before.batches() + 2);
      assertThat(after.tokens()).isGreaterThanOrEqualTo(before.tokens() + 2);
      assertThat(after.paddingTokens()).isBetween(before.paddingTokens(), after.tokens());
    }
  }

  @Test
  void theSizeOfAMemoryDoesNotGrow() {
    try (ChannelMemory memory = model.newMemory(1)) {
      long sizeBytes = memory.sizeBytes();
      assertThat(sizeBytes).isPositive();

      recognize(memory, utterance(0));

      assertThat(memory.sizeBytes()).isEqualTo(sizeBytes);
    }
  }

  @Test
  void refusesAMemoryOfAnotherModel() {
    try (ModelHandle other = openOtherModel();
        ChannelMemory foreign = other.model().newMemory(1)) {
      MemorySnapshot snapshot = foreign.snapshot();

      assertThatThrownBy(() -> model.restore(snapshot))
          .isInstanceOf(ModelMismatchException.class)
          .hasMessageContaining(model.version().fingerprint())
          .hasMessageContaining(other.model().version().fingerprint());
      assertThatIllegalArgumentException().isThrownBy(() -> recognize(foreign, utterance(0)));
    }
  }

  @Test
  void refusesInvalidBatches() {
    try (ChannelMemory memory = model.newMemory(1)) {
      RecognitionRequest request = new RecognitionRequest(utterance(0), memory);
      assertThatIllegalArgumentException().isThrownBy(() -> model.recognize(List.of()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.recognize(List.of(request, request)));

      int rateHz = model.sampleRateHz();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> recognize(memory, new Pcm(new float[rateHz], rateHz + 1)))
          .withMessageContaining(String.valueOf(rateHz));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> recognize(memory, new Pcm(new float[0], rateHz)));
      assertThat(memory.updateStep()).isZero();
    }
  }

  @Test
  void refusesAClosedMemory() {
    ChannelMemory memory = model.newMemory(1);
    memory.close();
    memory.close();

    assertThatIllegalStateException().isThrownBy(memory::snapshot);
    assertThatIllegalStateException().isThrownBy(() -> recognize(memory, utterance(0)));
  }

  private List<EmotionEstimate> estimates(long seed, int... utterances) {
    List<EmotionEstimate> estimates = new ArrayList<>();
    try (ChannelMemory memory = model.newMemory(seed)) {
      for (int utterance : utterances) {
        estimates.add(recognize(memory, utterance(utterance)).estimate());
      }
    }
    return estimates;
  }

  private Recognition recognize(ChannelMemory memory, Pcm utterance) {
    return model.recognize(List.of(new RecognitionRequest(utterance, memory))).get(0);
  }

  /** From 0.5 to 1.1 seconds of a hum with noise, different for each number. */
  private Pcm utterance(int number) {
    SplittableRandom random = new SplittableRandom(number);
    int rateHz = model.sampleRateHz();
    float[] samples = new float[rateHz / 2 + number % 4 * rateHz / 5];
    double pitchHz = 90 + 40 * number;
    for (int i = 0; i < samples.length; i++) {
      double hum = Math.sin(2 * Math.PI * pitchHz * i / rateHz);
      samples[i] = (float) (0.3 * hum + 0.1 * random.nextDouble(-1, 1));
    }
    return new Pcm(samples, rateHz);
  }
}
