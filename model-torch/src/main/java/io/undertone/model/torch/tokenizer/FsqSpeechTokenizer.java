package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.audio.Pcm;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Speech to tokens of one codebook at {@value StackedFeatures#RATE_HZ} Hz: {@link FrameFeatures},
 * {@link StackedFeatures}, {@link SpeechEncoder}, {@link FiniteScalarQuantizer}. All arrays live on
 * the device of the manager that it was made with.
 */
public final class FsqSpeechTokenizer implements SpeechTokenizer {

  public static final String CONFIG_FILE = "speech-tokenizer.json";
  public static final String WEIGHTS_FILE = "speech-tokenizer.safetensors";

  private final NDManager manager;
  private final SpeechEncoder encoder;
  private final FiniteScalarQuantizer quantizer;

  /**
   * @param manager closed with this tokenizer
   * @param weights of the encoder
   */
  private FsqSpeechTokenizer(
      NDManager manager, EncoderConfig config, Map<String, NDArray> weights) {
    this.manager = manager;
    this.encoder = new SpeechEncoder(new Layers(Layers.existing(weights)), config);
    this.quantizer = new FiniteScalarQuantizer(manager, config.levels());
  }

  /**
   * Reads {@value #CONFIG_FILE} and {@value #WEIGHTS_FILE} of a model's directory.
   *
   * @throws ModelFileException if a file is missing or is not what it must be
   */
  public static FsqSpeechTokenizer load(Path directory, NDManager parent) {
    EncoderConfig config = EncoderConfigFile.read(directory.resolve(CONFIG_FILE));
    NDManager manager = parent.newSubManager();
    try (TensorFiles files = TensorFiles.ofFile(directory.resolve(WEIGHTS_FILE))) {
      return checked(directory.resolve(CONFIG_FILE), manager, config, files.readAll(manager));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static FsqSpeechTokenizer checked(
      Path file, NDManager manager, EncoderConfig config, Map<String, NDArray> weights) {
    try {
      FsqSpeechTokenizer tokenizer = new FsqSpeechTokenizer(manager, config, weights);
      // Weights are asked for as they are used: a first use tells whether all are there.
      tokenizer.encode(new StackedFeatures(new float[StackedFeatures.WIDTH], 1));
      return tokenizer;
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(file, e);
    }
  }

  /** Writes what {@link #load} reads, into a directory that is there. */
  public static void save(Path directory, EncoderConfig config, Map<String, NDArray> weights) {
    EncoderConfigFile.write(config, directory.resolve(CONFIG_FILE));
    SafetensorsWriter.write(directory.resolve(WEIGHTS_FILE), weights);
  }

  @Override
  public int sampleRateHz() {
    return FrameFeatures.SAMPLE_RATE_HZ;
  }

  @Override
  public int frameRateHz() {
    return StackedFeatures.RATE_HZ;
  }

  @Override
  public int codebookSize() {
    return quantizer.codebookSize();
  }

  @Override
  public int voiceWidth() {
    return VoiceMeasures.WIDTH;
  }

  @Override
  public SpeechTokens encode(Pcm utterance) {
    FrameFeatures features = FrameFeatures.of(utterance);
    int[] ids = encode(StackedFeatures.of(features));
    return new SpeechTokens(ids, frameRateHz(), VoiceMeasures.of(features));
  }

  /** The ids of features that were measured before. */
  public int[] encode(StackedFeatures features) {
    if (features.time() == 0) {
      return new int[0];
    }
    try (NDManager step = manager.newSubManager()) {
      Shape shape = new Shape(1, features.time(), StackedFeatures.WIDTH);
      NDArray rows = step.create(features.values(), shape);
      NDArray mask = step.ones(new Shape(1, 1, features.time()));
      NDArray values = encoder.encode(rows.transpose(0, 2, 1), mask, UnaryOperator.identity());
      long[] codes = quantizer.codes(quantizer.bounded(values)).toLongArray();
      int[] ids = new int[codes.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = (int) codes[i];
      }
      return ids;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
