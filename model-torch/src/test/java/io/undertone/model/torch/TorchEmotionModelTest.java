package io.undertone.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionModel;
import io.undertone.model.EmotionModelContractTest;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.ModelWork;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.recognizer.RecognizerClient;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.memory.speaker.HeadAdapter;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.model.torch.tokenizer.RandomClassifier;
import io.undertone.model.torch.tokenizer.RandomTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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

  private static TorchEmotionModel open(Path directory) {
    return open(directory, EmotionPrior.UNIFORM);
  }

  private static TorchEmotionModel open(Path directory, EmotionPrior prior) {
    return TorchEmotionModel.open(
        directory, (path, parent) -> new TinyModel.LoudnessTokenizer(), prior);
  }

  private static TorchModelFactory factory(Path directory) {
    return factory(directory, EmotionPrior.UNIFORM);
  }

  private static TorchModelFactory factory(Path directory, EmotionPrior prior) {
    return new TorchModelFactory(
        directory.toString(), (path, parent) -> new TinyModel.LoudnessTokenizer(), prior);
  }

  @Override
  protected ModelHandle openModel() {
    return factory(first).open();
  }

  @Override
  protected ModelHandle openOtherModel() {
    return factory(second).open();
  }

  @Test
  void splitsManyRequestsIntoSeveralBatches() {
    try (TorchEmotionModel model = open(first)) {
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
  void aResultDoesNotDependOnOthersInTheBatch() {
    int calls = 6;
    try (TorchEmotionModel model = open(first)) {
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
          Pcm utterance = noise(320 * (1 + (7 * round + 5 * i) % 30), 31 * round + i);
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
    try (TorchEmotionModel model = open(first);
        ChannelMemory shorter = model.newMemory(1);
        ChannelMemory longer = model.newMemory(2)) {
      model.recognize(
          List.of(
              new RecognitionRequest(noise(320 * 18, 1), shorter),
              new RecognitionRequest(noise(320 * 20, 2), longer)));

      // A row is the begin token, the utterance and its end, less the last token: that is a target.
      assertThat(model.work()).isEqualTo(new ModelWork(1, 2, 2 * 21, 2));
    }
  }

  private static Pcm noise(int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = (float) random.nextDouble(-1, 1) * (i / 320 % 5) / 5;
    }
    return new Pcm(values, 8000);
  }

  @Test
  void theFirstUseCopiesAMemoryToTheDevice() {
    try (TorchEmotionModel model = open(first)) {
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
    try (TorchEmotionModel model = open(first)) {
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
  void theFingerprintDependsOnTheFilesAlone(@TempDir Path copy) throws IOException {
    TinyModel.write(copy, 1);
    String fingerprint = ModelFingerprint.of(first);
    assertThat(fingerprint).matches("[0-9a-f]{16}").isEqualTo(ModelFingerprint.of(copy));
    assertThat(ModelFingerprint.of(second)).isNotEqualTo(fingerprint);

    Files.writeString(copy.resolve("MODEL_CARD.md"), "about");
    assertThat(ModelFingerprint.of(copy)).isEqualTo(fingerprint);
    Files.writeString(copy.resolve("other.json"), "{}");
    assertThat(ModelFingerprint.of(copy)).isNotEqualTo(fingerprint);
    Files.delete(copy.resolve("other.json"));

    Path config = copy.resolve(UndertoneConfig.FILE);
    Files.writeString(config, Files.readString(config).replace("0.001", "0.002"));
    assertThat(ModelFingerprint.of(copy)).isNotEqualTo(fingerprint);
  }

  @Test
  void aVoiceModelNeedsATokenClassifier(@TempDir Path copy) {
    TinyModel.write(copy, 1);
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, new SpeakerMemoryConfig(2, 3, 24))
        .write(copy);

    assertThatThrownBy(
            () -> TorchEmotionModel.open(copy, TinyModel.tokenizer(3), EmotionPrior.UNIFORM))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("token-classifier.json: must exist for a memory with voiceWidth 3");
  }

  @Test
  void theVoiceWidthIsThatOfTheCues(@TempDir Path copy) {
    TinyModel.write(copy, 1);
    RandomClassifier.write(copy, 8, 5);
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, new SpeakerMemoryConfig(2, 3, 24))
        .write(copy);

    assertThatThrownBy(
            () -> TorchEmotionModel.open(copy, TinyModel.tokenizer(3), EmotionPrior.UNIFORM))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "memory.voiceWidth must be the number of the tokenizer's voice cues and emotions, 7,"
                + " but is 3");
  }

  @Test
  void recognizesWithAPretrainedEncoderAndAnUtteranceHead(@TempDir Path copy) {
    writeWithEncoder(copy);
    Pcm first = Voices.vowel(130, 700, 1.2);
    Pcm second = Voices.vowel(220, 900, 0.6);
    try (TorchEmotionModel model = TorchEmotionModel.open(copy);
        ChannelMemory one = model.newMemory(1);
        ChannelMemory other = model.newMemory(2);
        ChannelMemory alone = model.newMemory(2)) {
      SpeechTokens tokens = model.tokenize(List.of(first)).get(0);
      assertThat(tokens.ids()).hasSize(30);
      assertThat(tokens.cues().voice()).hasSize(6).endsWith(tokens.cues().emotions());

      List<Recognition> both =
          model.recognize(
              List.of(new RecognitionRequest(first, one), new RecognitionRequest(second, other)));
      List<Recognition> single = model.recognize(List.of(new RecognitionRequest(second, alone)));

      assertThat(both.get(1).estimate().toArray())
          .containsExactly(single.get(0).estimate().toArray(), Offset.offset(1e-3f));
      assertThat(both.get(0).estimate()).isNotEqualTo(both.get(1).estimate());
      assertThatThrownBy(
              () ->
                  model.recognize(
                      List.of(new RecognitionRequest(new Pcm(new float[9], 16_000), one))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("sampleRateHz must be 8000, but is 16000");
    }
  }

  @Test
  void namesAMissingUtteranceHead(@TempDir Path copy) throws IOException {
    writeWithEncoder(copy);
    Files.delete(copy.resolve(UtteranceHead.WEIGHTS_FILE));

    assertThatThrownBy(() -> TorchEmotionModel.open(copy))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith(
            "utterance-head.safetensors: must exist beside the token classifier of a tokenizer with"
                + " a pretrained encoder");
  }

  private static void writeWithEncoder(Path directory) {
    TinyModel.write(directory, 1);
    SpeakerMemoryConfig memory = new SpeakerMemoryConfig(2, 6, 24);
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, memory).write(directory);
    RandomClassifier.write(directory, 8, 5);
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              RandomTokenizer.writeWhisper(directory, manager, 8, 5);
              RandomTokenizer.writeHead(directory, 2, manager);
              NDArray scalar = manager.full(new Shape(1), 0.1f);
              new HeadAdapter(
                      manager.randomUniform(-1, 1, new Shape(2, 32)),
                      manager.zeros(new Shape(4, 4)),
                      manager.full(new Shape(4, 16), 0.25f),
                      scalar,
                      scalar,
                      scalar)
                  .save(directory);
              new VoiceModel(
                      manager.eye(6),
                      manager.zeros(new Shape(6)),
                      manager.randomUniform(-1, 1, new Shape(4, 6)),
                      manager.ones(new Shape(6)),
                      scalar)
                  .save(directory);
            }
          });
    }
  }

  @Test
  void readsBackTheConfig() {
    assertThat(UndertoneConfig.read(first))
        .isEqualTo(new UndertoneConfig("tiny", TinyModel.VOCABULARY, TinyModel.MEMORY));
  }

  @Test
  void namesTheErrorInTheConfig(@TempDir Path copy) throws IOException {
    TinyModel.write(copy, 1);
    assertRefused(copy, "\"rank\" : 2", "\"rank\" : 0", "memory.rank must be an integer");
    assertRefused(copy, "\"rank\" : 2", "\"rang\" : 2", "memory.rang is unknown");
    assertRefused(copy, "\"alpha\" : 4.0", "\"alpha\" : 0", "alpha must be above 0 and finite");
    assertRefused(copy, "\"schema\" : 1", "\"schema\" : 2", "schema must be 1, but is 2");
    assertRefused(copy, "\"bos\" : 45", "\"bos\" : 46", "tokens bos and pad must differ");
    assertRefused(copy, "\"bos\" : 45", "\"bos\" : 48", "below the decoder's vocabulary size 48");
    assertRefused(copy, "\"beta1\" : 0.9", "\"beta1\" : 1", "beta1 must be at least 0 and below 1");
    assertRefused(
        copy, "\"audioTokens\" : 40", "\"audioTokens\" : 39", "the tokenizer's codebook size 40");
    assertRefused(copy, "\"q_proj\"", "\"qkv\"", "but is 'qkv'");
  }

  private static void assertRefused(Path copy, String given, String instead, String message)
      throws IOException {
    Path config = copy.resolve(UndertoneConfig.FILE);
    String json = Files.readString(config);
    assertThat(json).contains(given);
    Files.writeString(config, json.replace(given, instead));
    assertThatThrownBy(() -> open(copy))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("undertone.json: ")
        .hasMessageContaining(message);
    Files.writeString(config, json);
  }

  @Test
  void usersOfOneDirectoryShareOneModel() {
    ModelHandle one = factory(first).open();
    ModelHandle two =
        new TorchModelFactory(
                first.resolve(".").toString(),
                (path, parent) -> {
                  throw new IllegalStateException("opened twice");
                },
                EmotionPrior.UNIFORM)
            .open();
    assertThat(two.model()).isSameAs(one.model());
    assertThat(two.recognizer()).isSameAs(one.recognizer());
    try (ChannelMemory memory = two.model().restore(snapshotOf(one.model()))) {
      one.close();
      one.close();
      assertThat(memory.snapshot().modelFingerprint())
          .isEqualTo(two.model().version().fingerprint());
    }
    two.close();
  }

  @Test
  void usersOfAnotherPriorHaveAnotherModelWithTheSameMemories() {
    try (ModelHandle uniform = factory(first).open();
        ModelHandle calls = factory(first, EmotionPrior.CALLS).open()) {
      assertThat(calls.model()).isNotSameAs(uniform.model());
      calls.model().restore(snapshotOf(uniform.model())).close();
    }
  }

  @Test
  void usersOfAnotherArithmeticHaveAnotherModelWithTheSameMemories() {
    try (ModelHandle float32 = factory(first).open();
        ModelHandle bfloat16 =
            new TorchModelFactory(first.toString(), new Bfloat16Loader(), EmotionPrior.UNIFORM)
                .open()) {
      assertThat(bfloat16.model()).isNotSameAs(float32.model());
      bfloat16.model().restore(snapshotOf(float32.model())).close();
    }
  }

  private static final class Bfloat16Loader implements SpeechTokenizerLoader {
    @Override
    public SpeechTokenizer load(Path modelDirectory, NDManager parent) {
      return new TinyModel.LoudnessTokenizer();
    }

    @Override
    public ArithmeticChoice arithmetic() {
      return ArithmeticChoice.BF16;
    }
  }

  @Test
  void estimatesFollowThePrior() {
    Pcm utterance = new Pcm(new float[1600], 8000);
    try (TorchEmotionModel uniform = open(first);
        TorchEmotionModel calls = open(first, EmotionPrior.CALLS);
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

  @Test
  void aModelIsOpenedAgainAfterItsLastHandleCloses(@TempDir Path copy) {
    TinyModel.write(copy, 1);
    EmotionModel former;
    try (ModelHandle handle = factory(copy).open()) {
      former = handle.model();
    }
    try (ModelHandle handle = factory(copy).open()) {
      assertThat(handle.model()).isNotSameAs(former);
      assertThat(handle.model().version()).isEqualTo(former.version());
    }
  }

  @Test
  void usersOfOneDirectoryShareBatches() {
    BatchLimits pairs = new BatchLimits(2, 86_400_000);
    try (ModelHandle one = factory(first).open();
        ModelHandle two = factory(first).open();
        RecognizerClient clientOfOne = one.recognizer().newClient(pairs);
        RecognizerClient clientOfTwo = two.recognizer().newClient(pairs);
        ChannelMemory memoryOfOne = one.model().newMemory(1);
        ChannelMemory memoryOfTwo = two.model().newMemory(2)) {
      var resultOfOne = clientOfOne.submit(new RecognitionRequest(noise(4000, 1), memoryOfOne));
      assertThat(resultOfOne).isNotDone();
      var resultOfTwo = clientOfTwo.submit(new RecognitionRequest(noise(4000, 2), memoryOfTwo));

      assertThat(resultOfOne.join().update().applied()).isTrue();
      assertThat(resultOfTwo.join().update().applied()).isTrue();
    }
  }

  @Test
  void theFactoryIsSerializable() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(factory(first));
    }
    try (ObjectInputStream in =
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        ModelHandle handle = ((TorchModelFactory) in.readObject()).open()) {
      assertThat(handle.model().version().name()).isEqualTo("tiny");
    }
  }

  private static MemorySnapshot snapshotOf(EmotionModel model) {
    try (ChannelMemory memory = model.newMemory(3)) {
      return memory.snapshot();
    }
  }
}
