package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.audio.Pcm;
import io.undertone.model.torch.device.LengthBuckets;
import io.undertone.model.torch.features.FeatureBatch;
import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.VoiceMeasures;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Speech to tokens of one codebook at {@value StackedFeatures#RATE_HZ} Hz: {@link FrameFeatures},
 * {@link StackedFeatures}, {@link SpeechEncoder}, {@link FiniteScalarQuantizer}. All arrays live on
 * the device of the manager that it was made with.
 */
public final class FsqSpeechTokenizer implements SpeechTokenizer {

  public static final String CONFIG_FILE = "speech-tokenizer.json";
  public static final String WEIGHTS_FILE = "speech-tokenizer.safetensors";

  /** More utterances are encoded in several batches, which bounds the device's memory. */
  private static final int LARGEST_BATCH = 32;

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
    this.encoder = new SpeechEncoder(new FrozenLayers(Layers.existing(weights)), config);
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
    return encode(List.of(utterance)).get(0);
  }

  @Override
  public List<SpeechTokens> encode(List<Pcm> utterances) {
    List<FrameFeatures> features = utterances.stream().map(FrameFeatures::of).toList();
    int[][] ids = ids(features.stream().map(StackedFeatures::of).toList());
    return IntStream.range(0, ids.length)
        .mapToObj(
            row ->
                new SpeechTokens(
                    ids[row],
                    frameRateHz(),
                    UtteranceCues.ofVoice(VoiceMeasures.of(features.get(row)))))
        .toList();
  }

  /** The ids of features that were measured before. */
  public int[] encode(StackedFeatures features) {
    return ids(List.of(features))[0];
  }

  private int[][] ids(List<StackedFeatures> utterances) {
    int[][] ids = new int[utterances.size()][];
    int[] lengths = utterances.stream().mapToInt(StackedFeatures::time).toArray();
    for (List<Integer> bucket : LengthBuckets.of(lengths, LARGEST_BATCH)) {
      Iterator<int[]> rows = idsOfBatch(bucket.stream().map(utterances::get).toList()).iterator();
      for (int row : bucket) {
        ids[row] = rows.next();
      }
    }
    return ids;
  }

  /** The ids of utterances of similar length, the longest first. */
  private List<int[]> idsOfBatch(List<StackedFeatures> utterances) {
    int time = utterances.get(0).time();
    if (time == 0) {
      return utterances.stream().map(empty -> new int[0]).toList();
    }
    try (NDManager step = manager.newSubManager()) {
      FeatureBatch batch = FeatureBatch.of(step, utterances);
      NDArray values = encoder.encode(batch.features(), batch.mask(), UnaryOperator.identity());
      long[] codes = quantizer.codes(quantizer.bounded(values)).toLongArray();
      List<int[]> rows = new ArrayList<>();
      for (StackedFeatures utterance : utterances) {
        int begin = rows.size() * time;
        rows.add(
            Arrays.stream(codes, begin, begin + utterance.time())
                .mapToInt(code -> (int) code)
                .toArray());
      }
      return rows;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
