package io.undertone.model.torch;

import ai.djl.ndarray.NDManager;
import io.undertone.audio.Pcm;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.RotaryAngles;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.memory.lora.AdamW;
import io.undertone.model.torch.memory.lora.LoraMemoryConfig;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Writes a random model that is small enough for tests, and makes tokens by loudness alone. */
public final class TinyModel {
  public static final int CODEBOOK_SIZE = 40;
  public static final Vocabulary VOCABULARY =
      new Vocabulary(CODEBOOK_SIZE, 40, 45, 46, List.of(41, 42, 43, 44));
  public static final LoraMemoryConfig MEMORY =
      new LoraMemoryConfig(
          2,
          4,
          Arrays.asList(Kind.values()),
          new AdamW.Settings(1e-3, 0.9, 0.999, 1e-7, 0.01),
          32,
          24);

  private TinyModel() {}

  public static void write(Path directory, long seed) {
    LlamaConfig config =
        new LlamaConfig(
            48, 32, 2, 64, new AttentionShape(4, 2, 8), new RotaryAngles(10_000), 1e-5, false);
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              LlamaWeights.random(config, seed, manager).save(directory);
            }
          });
    }
    new UndertoneConfig("tiny", VOCABULARY, MEMORY).write(directory);
  }

  /** Makes a {@link LoudnessTokenizer} that says that it measures voices. */
  static SpeechTokenizerLoader tokenizer(int voiceWidth) {
    return (directory, manager) -> new LoudnessTokenizer(voiceWidth);
  }

  /** Opens a model that makes tokens by loudness. */
  static TorchEmotionModel open(Path directory) {
    return open(directory, EmotionPrior.UNIFORM);
  }

  static TorchEmotionModel open(Path directory, EmotionPrior prior) {
    return TorchEmotionModel.open(directory, tokenizer(0), prior, DeviceChoice.CPU);
  }

  static TorchModelFactory factory(Path directory) {
    return factory(directory, EmotionPrior.UNIFORM);
  }

  static TorchModelFactory factory(Path directory, EmotionPrior prior) {
    return new TorchModelFactory(directory.toString(), tokenizer(0), prior, DeviceChoice.CPU);
  }

  /** Noise that is louder and softer in turn. */
  static Pcm noise(int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = (float) random.nextDouble(-1, 1) * (i / 320 % 5) / 5;
    }
    return new Pcm(values, 8000);
  }

  /** A token every 40 ms, from the mean magnitude. */
  public static final class LoudnessTokenizer implements SpeechTokenizer {
    private static final int RATE_HZ = 8000;
    private static final int FRAME_RATE_HZ = 25;

    private final int voiceWidth;

    public LoudnessTokenizer() {
      this(0);
    }

    private LoudnessTokenizer(int voiceWidth) {
      this.voiceWidth = voiceWidth;
    }

    @Override
    public int voiceWidth() {
      return voiceWidth;
    }

    @Override
    public int sampleRateHz() {
      return RATE_HZ;
    }

    @Override
    public int frameRateHz() {
      return FRAME_RATE_HZ;
    }

    @Override
    public int codebookSize() {
      return CODEBOOK_SIZE;
    }

    @Override
    public List<SpeechTokens> encode(List<Pcm> utterances) {
      return utterances.stream().map(LoudnessTokenizer::tokens).toList();
    }

    private static SpeechTokens tokens(Pcm utterance) {
      int frame = RATE_HZ / FRAME_RATE_HZ;
      int[] ids = new int[utterance.samples().length / frame];
      for (int i = 0; i < ids.length; i++) {
        double sum = 0;
        for (int j = 0; j < frame; j++) {
          sum += Math.abs(utterance.samples()[i * frame + j]);
        }
        ids[i] = (int) Math.floorMod(Math.round(sum * 7), (long) CODEBOOK_SIZE);
      }
      return new SpeechTokens(ids, FRAME_RATE_HZ);
    }

    @Override
    public void close() {}
  }
}
