package io.undertone.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionModel;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.BatchLimits;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.recognizer.RecognizerClient;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.DeviceUnavailableException;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchModelFactoryTest {
  @TempDir static Path directory;

  @BeforeAll
  static void writeModel() {
    TinyModel.write(directory, 1);
  }

  @Test
  void usersOfOneDirectoryShareOneModel() {
    ModelHandle one = TinyModel.factory(directory).open();
    ModelHandle two =
        new TorchModelFactory(
                directory.resolve(".").toString(),
                (path, parent) -> {
                  throw new IllegalStateException("opened twice");
                },
                EmotionPrior.UNIFORM,
                DeviceChoice.CPU)
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
    try (ModelHandle uniform = TinyModel.factory(directory).open();
        ModelHandle calls = TinyModel.factory(directory, EmotionPrior.CALLS).open()) {
      assertThat(calls.model()).isNotSameAs(uniform.model());
      calls.model().restore(snapshotOf(uniform.model())).close();
    }
  }

  @Test
  void usersOfAnotherArithmeticHaveAnotherModelWithTheSameMemories() {
    try (ModelHandle float32 = TinyModel.factory(directory).open();
        ModelHandle bfloat16 =
            new TorchModelFactory(
                    directory.toString(),
                    new Bfloat16Loader(),
                    EmotionPrior.UNIFORM,
                    DeviceChoice.CPU)
                .open()) {
      assertThat(bfloat16.model()).isNotSameAs(float32.model());
      bfloat16.model().restore(snapshotOf(float32.model())).close();
    }
  }

  @Test
  void aDeviceThatIsMissingIsRefusedThoughTheModelIsOpenOnAnother() {
    DeviceChoice missing = DeviceChoice.parse("gpu:999");
    try (ModelHandle cpu = TinyModel.factory(directory).open()) {
      TorchModelFactory elsewhere =
          new TorchModelFactory(
              directory.toString(), TinyModel.tokenizer(0), EmotionPrior.UNIFORM, missing);

      assertThatThrownBy(elsewhere::open).isInstanceOf(DeviceUnavailableException.class);
      assertThat(cpu.model().version()).isNotNull();
    }
  }

  @Test
  void aModelIsOpenedAgainAfterItsLastHandleCloses(@TempDir Path copy) {
    TinyModel.write(copy, 1);
    EmotionModel former;
    try (ModelHandle handle = TinyModel.factory(copy).open()) {
      former = handle.model();
    }
    try (ModelHandle handle = TinyModel.factory(copy).open()) {
      assertThat(handle.model()).isNotSameAs(former);
      assertThat(handle.model().version()).isEqualTo(former.version());
    }
  }

  @Test
  void usersOfOneDirectoryShareBatches() {
    BatchLimits pairs = new BatchLimits(2, 86_400_000);
    try (ModelHandle one = TinyModel.factory(directory).open();
        ModelHandle two = TinyModel.factory(directory).open();
        RecognizerClient clientOfOne = one.recognizer().newClient(pairs);
        RecognizerClient clientOfTwo = two.recognizer().newClient(pairs);
        ChannelMemory memoryOfOne = one.model().newMemory(1);
        ChannelMemory memoryOfTwo = two.model().newMemory(2)) {
      var resultOfOne =
          clientOfOne.submit(new RecognitionRequest(TinyModel.noise(4000, 1), memoryOfOne));
      assertThat(resultOfOne).isNotDone();
      var resultOfTwo =
          clientOfTwo.submit(new RecognitionRequest(TinyModel.noise(4000, 2), memoryOfTwo));

      assertThat(resultOfOne.join().update().applied()).isTrue();
      assertThat(resultOfTwo.join().update().applied()).isTrue();
    }
  }

  @Test
  void theFactoryIsSerializable() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(TinyModel.factory(directory));
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
}
