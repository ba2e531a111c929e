package io.undertone.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.Pcm;
import io.undertone.model.recognizer.ModelHandle;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeEmotionModelTest extends EmotionModelContractTest {

  @Override
  protected ModelHandle openModel() {
    return new FakeEmotionModelFactory().open();
  }

  @Override
  protected ModelHandle openOtherModel() {
    return new FakeEmotionModelFactory("fake-2").open();
  }

  @Test
  void dropsAnUpdateThatIsNotFinite() {
    FakeEmotionModel model = new FakeEmotionModel("fake-1");
    float[] samples = new float[8000];
    samples[17] = Float.NaN;
    try (ChannelMemory memory = model.newMemory(1)) {
      Pcm utterance = new Pcm(samples, FakeEmotionModel.SAMPLE_RATE_HZ);
      Recognition recognition =
          model.recognize(List.of(new RecognitionRequest(utterance, memory))).get(0);

      assertThat(recognition.update().applied()).isFalse();
      assertThat(memory.updateStep()).isZero();
      assertThat(memory.snapshot().history()).hasSize(1);
    }
  }

  @Test
  void countsOpenMemories() {
    FakeEmotionModel model = new FakeEmotionModel("fake-1");
    ChannelMemory memory = model.newMemory(1);
    assertThat(model.openMemories()).isEqualTo(1);

    memory.close();
    memory.close();

    assertThat(model.openMemories()).isZero();
  }
}
