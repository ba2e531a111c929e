package io.undertone.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionModelContractTest;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.ModelWork;
import io.undertone.model.PartlyFailedBatchException;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.recognizer.Recognizer;
import io.undertone.model.recognizer.RecognizerClient;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchEmotionModelTest extends EmotionModelContractTest {
  @TempDir static Path first;
  @TempDir static Path second;

  @BeforeAll
  static void writeModels() {
    TinyModel.write(first, 1);
    TinyModel.write(second, 2);
  }

  @Override
  protected ModelHandle openModel() {
    return TinyModel.factory(first).open();
  }

  @Override
  protected ModelHandle openOtherModel() {
    return TinyModel.factory(second).open();
  }

  @Test
  void splitsManyRequestsIntoSeveralBatches() {
    try (TorchEmotionModel model = TinyModel.open(first)) {
      List<RecognitionRequest> requests = new ArrayList<>();
      for (int i = 0; i < TorchEmotionModel.LARGEST_BATCH + 3; i++) {
        requests.add(
            new RecognitionRequest(new Pcm(new float[800 + 40 * i], 8000), model.newMemory(i)));
      }

      assertThat(model.recognize(requests)).hasSameSizeAs(requests);

      requests.forEach(
          request -> {
            assertThat(request.memory().updateStep()).isEqualTo(1);
            request.memory().close();
          });
    }
  }

  @Test
  void aFailureHasTheResultsOfTheBucketsBeforeAndChangesNoOtherMemory() {
    SpeechTokenizerLoader unknownTokens = (path, parent) -> new UnknownTokens();
    try (TorchEmotionModel model =
            TorchEmotionModel.open(first, unknownTokens, EmotionPrior.UNIFORM, DeviceChoice.CPU);
        ChannelMemory ofShort = model.newMemory(0);
        ChannelMemory ofLong = model.newMemory(0)) {
      MemorySnapshot before = ofShort.snapshot();
      List<RecognitionRequest> requests =
          List.of(
              new RecognitionRequest(new Pcm(new float[UnknownTokens.SHORT], 8000), ofShort),
              new RecognitionRequest(new Pcm(new float[16_000], 8000), ofLong));

      assertThatThrownBy(() -> model.recognize(requests))
          .isInstanceOfSatisfying(
              PartlyFailedBatchException.class,
              failure -> {
                assertThat(failure.recognitions().get(0)).isEmpty();
                assertThat(failure.recognitions().get(1)).isPresent();
              });
      assertThat(ofShort.snapshot()).usingRecursiveComparison().isEqualTo(before);
      assertThat(ofLong.updateStep()).isEqualTo(1);
    }
  }

  @Test
  void batchesThatDoNotFitTheDevicesMemoryAreRecognizedInHalves() {
    SpeechTokenizerLoader hungry = (path, parent) -> new HungryTokenizer(parent);
    try (TorchEmotionModel model =
        TorchEmotionModel.open(first, hungry, EmotionPrior.UNIFORM, DeviceChoice.CPU)) {
      Recognizer recognizer = new Recognizer(model, model.thread());
      RecognizerClient client = recognizer.newClient(new BatchLimits(8, 60_000));
      List<CompletableFuture<Recognition>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ChannelMemory memory = model.newMemory(i);
        results.add(client.submit(new RecognitionRequest(TinyModel.noise(1_600, i), memory)));
      }
      client.flush();

      assertThat(results).allSatisfy(result -> assertThat(result.join()).isNotNull());
      assertThat(recognizer.oversizeBatches()).isEqualTo(2);
      assertThat(recognizer.failedBatches()).isZero();
      client.close();
    }
  }

  /** A tokenizer of tokens that the decoder knows, which encodes in a way of its own. */
  private abstract static class WrappedTokenizer implements SpeechTokenizer {
    final SpeechTokenizer known = new TinyModel.LoudnessTokenizer();

    @Override
    public int sampleRateHz() {
      return known.sampleRateHz();
    }

    @Override
    public int frameRateHz() {
      return known.frameRateHz();
    }

    @Override
    public int codebookSize() {
      return known.codebookSize();
    }

    @Override
    public void close() {
      known.close();
    }
  }

  /** Allocates more than any memory holds for more than two utterances. */
  private static final class HungryTokenizer extends WrappedTokenizer {
    private final NDManager manager;

    HungryTokenizer(NDManager manager) {
      this.manager = manager;
    }

    @Override
    public List<SpeechTokens> encode(List<Pcm> utterances) {
      if (utterances.size() > 2) {
        manager.zeros(new Shape(1L << 50)).close();
      }
      return known.encode(utterances);
    }
  }

  /** Makes tokens that the decoder does not know of short utterances. */
  private static final class UnknownTokens extends WrappedTokenizer {
    static final int SHORT = 1_600;

    @Override
    public List<SpeechTokens> encode(List<Pcm> utterances) {
      return utterances.stream()
          .map(
              utterance ->
                  utterance.samples().length == SHORT
                      ? new SpeechTokens(new int[] {1_000_000}, known.frameRateHz())
                      : known.encode(utterance))
          .toList();
    }
  }

  @Test
  void aResultDoesNotDependOnOthersInTheBatch() {
    int calls = 6;
    try (TorchEmotionModel model = TinyModel.open(first)) {
      List<ChannelMemory> together = new ArrayList<>();
      List<ChannelMemory> alone = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        together.add(model.newMemory(i));
        alone.add(model.newMemory(i));
      }
      for (int round = 0; round < 8; round++) {
        List<RecognitionRequest> batch = new ArrayList<>();
        List<Recognition> expected = new ArrayList<>();
        // Each call joins the batch one round later than the call before.
        for (int i = 0; i <= Math.min(round, calls - 1); i++) {
          Pcm utterance = TinyModel.noise(320 * (1 + (7 * round + 5 * i) % 30), 31 * round + i);
          batch.add(new RecognitionRequest(utterance, together.get(i)));
          expected.addAll(
              model.recognize(List.of(new RecognitionRequest(utterance, alone.get(i)))));
        }
        List<Recognition> recognitions = model.recognize(batch);

        for (int i = 0; i < recognitions.size(); i++) {
          assertThat(recognitions.get(i).estimate().toArray())
              .containsExactly(expected.get(i).estimate().toArray(), Offset.offset(1e-4f));
          assertThat(recognitions.get(i).update().loss())
              .isCloseTo(expected.get(i).update().loss(), Offset.offset(1e-3f));
        }
      }
      together.forEach(ChannelMemory::close);
      alone.forEach(ChannelMemory::close);
    }
  }

  @Test
  void countsPadding() {
    try (TorchEmotionModel model = TinyModel.open(first);
        ChannelMemory shorter = model.newMemory(1);
        ChannelMemory longer = model.newMemory(2)) {
      model.recognize(
          List.of(
              new RecognitionRequest(TinyModel.noise(320 * 18, 1), shorter),
              new RecognitionRequest(TinyModel.noise(320 * 20, 2), longer)));

      // A row is the begin token, the utterance and its end, less the last token: that is a target.
      ModelWork work = model.work();
      assertThat(work.batches()).isEqualTo(1);
      assertThat(work.utterances()).isEqualTo(2);
      assertThat(work.tokens()).isEqualTo(2 * 21);
      assertThat(work.paddingTokens()).isEqualTo(2);
    }
  }

  @Test
  void tellsTheTimeOfEachStepApart() {
    try (TorchEmotionModel model = TinyModel.open(first);
        ChannelMemory memory = model.newMemory(1)) {
      long beginNanos = System.nanoTime();
      model.recognize(List.of(new RecognitionRequest(TinyModel.noise(320 * 18, 1), memory)));
      long allNanos = System.nanoTime() - beginNanos;

      ModelWork work = model.work();
      assertThat(work.encodeNanos()).isPositive();
      assertThat(work.updateNanos()).isPositive();
      assertThat(work.estimateNanos()).isPositive();
      assertThat(work.encodeNanos() + work.updateNanos() + work.estimateNanos())
          .isLessThanOrEqualTo(allNanos);
    }
  }

  @Test
  void theFirstUseCopiesAMemoryToTheDevice() {
    try (TorchEmotionModel model = TinyModel.open(first)) {
      int before = model.liveArrays();
      try (ChannelMemory memory = model.newMemory(1)) {
        assertThat(model.liveArrays()).isEqualTo(before);
        memory.snapshot();
        assertThat(model.liveArrays()).isGreaterThan(before);
      }
      assertThat(model.liveArrays()).isEqualTo(before);
    }
  }

  @Test
  void recognitionAndClosedMemoriesLeaveNoArraysBehind() {
    try (TorchEmotionModel model = TinyModel.open(first)) {
      int before = model.liveArrays();
      try (ChannelMemory memory = model.newMemory(1)) {
        RecognitionRequest request = new RecognitionRequest(new Pcm(new float[8000], 8000), memory);
        model.recognize(List.of(request));
        int afterOne = model.liveArrays();
        model.recognize(List.of(request));
        memory.snapshot();

        assertThat(model.liveArrays()).isEqualTo(afterOne);
      }
      assertThat(model.liveArrays()).isEqualTo(before);
    }
  }

  @Test
  void estimatesFollowThePrior() {
    Pcm utterance = new Pcm(new float[1600], 8000);
    try (TorchEmotionModel uniform = TinyModel.open(first);
        TorchEmotionModel calls = TinyModel.open(first, EmotionPrior.CALLS);
        ChannelMemory ofUniform = uniform.newMemory(1);
        ChannelMemory ofCalls = calls.newMemory(1)) {
      EmotionEstimate plain =
          uniform
              .recognize(List.of(new RecognitionRequest(utterance, ofUniform)))
              .get(0)
              .estimate();

      EmotionEstimate moved =
          calls.recognize(List.of(new RecognitionRequest(utterance, ofCalls))).get(0).estimate();

      assertThat(moved.toArray())
          .containsExactly(EmotionPrior.CALLS.apply(plain).toArray(), within(1e-5f));
    }
  }
}
