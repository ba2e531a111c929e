package io.undertone.model.torch;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.audio.resample.Resampler;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.torch.device.DeviceChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A kind of memory whose saved bytes are kept among the test resources, with the model that such
 * memories belong to. Each has learned the first three utterances of a customer; the fourth shows
 * that a restored memory goes on as it would have.
 */
enum MemoryFixture {
  /** Learns from estimates and knows the voice; of the default model of that version. */
  ESTIMATES {
    @Override
    TorchEmotionModel openModel(Path emptyFolder) {
      return TorchEmotionModel.open(Path.of("src/test/models/undertone-small-b0f08fd"));
    }
  },

  /** Learns tokens; of a small random decoder with a tokenizer that knows loudness only. */
  TOKENS {
    @Override
    TorchEmotionModel openModel(Path emptyFolder) throws IOException {
      for (String file : List.of("config.json", "model.safetensors")) {
        Files.copy(TinyLlama.base().resolve(file), emptyFolder.resolve(file));
      }
      Files.copy(
          FOLDER.resolve("tokens-undertone.json"), emptyFolder.resolve(UndertoneConfig.FILE));
      return TorchEmotionModel.open(
          emptyFolder,
          (folder, manager) -> new TinyModel.LoudnessTokenizer(),
          EmotionPrior.UNIFORM,
          DeviceChoice.CPU);
    }
  };

  /** Holds a folder for each version that fixtures were taken of. */
  static final Path FOLDER = Path.of("src/test/resources/memories");

  private static final Path CALL = Path.of("../demo/calls/lost-parcel.flac");
  private static final int[][] LEARNED_MS = {{5_140, 9_620}, {13_070, 16_540}, {21_155, 24_950}};
  private static final int[] LATER_MS = {28_575, 33_995};
  private static final EmotionEstimate OTHER_SIDE =
      new EmotionEstimate(new float[] {0.1f, 0.2f, 0.6f, 0.1f});

  /**
   * The model that the memories belong to.
   *
   * @param emptyFolder for the files of a model that is put together here
   */
  abstract TorchEmotionModel openModel(Path emptyFolder) throws IOException;

  /** The memory that is saved. */
  MemorySnapshot learn(TorchEmotionModel model) throws AudioFileException {
    try (ChannelMemory memory = model.newMemory(7)) {
      for (int[] spanMs : LEARNED_MS) {
        recognize(model, memory, spanMs);
      }
      return memory.snapshot();
    }
  }

  /** What a saved memory makes of the utterance that follows. */
  Recognition goOn(TorchEmotionModel model, MemorySnapshot saved) throws AudioFileException {
    try (ChannelMemory memory = model.restore(saved)) {
      return recognize(model, memory, LATER_MS);
    }
  }

  private static Recognition recognize(TorchEmotionModel model, ChannelMemory memory, int[] spanMs)
      throws AudioFileException {
    Pcm customer = AudioFiles.read(CALL).get(0);
    int perMs = customer.sampleRateHz() / 1000;
    float[] samples = Arrays.copyOfRange(customer.samples(), spanMs[0] * perMs, spanMs[1] * perMs);
    Pcm utterance =
        Resampler.resample(new Pcm(samples, customer.sampleRateHz()), model.sampleRateHz());
    return model
        .recognize(List.of(new RecognitionRequest(utterance, memory, Optional.of(OTHER_SIDE))))
        .get(0);
  }
}
