package io.undertone.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.memory.speaker.HeadAdapter;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.model.torch.tokenizer.RandomClassifier;
import io.undertone.model.torch.tokenizer.RandomTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model with a pretrained encoder, an utterance head and a voice model. */
class EncoderModelTest {
  @TempDir Path directory;

  @BeforeEach
  void writeModel() {
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
  void recognizesWithAPretrainedEncoderAndAnUtteranceHead() {
    Pcm first = Voices.vowel(130, 700, 1.2);
    Pcm second = Voices.vowel(220, 900, 0.6);
    try (TorchEmotionModel model = TorchEmotionModel.open(directory);
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
  void namesAMissingUtteranceHead() throws IOException {
    Files.delete(directory.resolve(UtteranceHead.WEIGHTS_FILE));

    assertThatThrownBy(() -> TorchEmotionModel.open(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith(
            "memory.voiceWidth must be the number of voice cues and emotions, %d without"
                    .formatted(RandomTokenizer.STATISTICS + 4)
                + " utterance-head.safetensors, but is 6");
  }
}
