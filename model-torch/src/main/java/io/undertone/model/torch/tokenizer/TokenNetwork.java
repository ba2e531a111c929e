package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.LengthBuckets;
import io.undertone.model.torch.features.FeatureBatch;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Features to tokens of one codebook: {@link SpeechEncoder} and {@link FiniteScalarQuantizer}. Used
 * on the owner thread of its device.
 */
public final class TokenNetwork implements AutoCloseable {

  /** More utterances are encoded in several batches, which limits the device's memory. */
  private static final int LARGEST_BATCH = 32;

  private final NDManager manager;
  private final EncoderConfig config;
  private final SpeechEncoder encoder;
  private final FiniteScalarQuantizer quantizer;

  /**
   * @param manager closed with this network
   * @param weights of the encoder
   */
  private TokenNetwork(NDManager manager, EncoderConfig config, Map<String, NDArray> weights) {
    this.manager = manager;
    this.config = config;
    this.encoder = new SpeechEncoder(new FrozenLayers(Layers.existing(weights)), config);
    this.quantizer = new FiniteScalarQuantizer(manager, config.levels());
  }

  /**
   * Reads {@value FsqSpeechTokenizer#CONFIG_FILE} and {@value FsqSpeechTokenizer#WEIGHTS_FILE} of a
   * model's directory. A pretrained encoder is not needed.
   *
   * @throws ModelFileException if a file is missing or invalid
   */
  public static TokenNetwork load(Path directory, NDManager parent) {
    Path configFile = directory.resolve(FsqSpeechTokenizer.CONFIG_FILE);
    EncoderConfig config = TokenizerConfigFile.read(directory).network();
    NDManager manager = parent.newSubManager();
    try (TensorFiles files =
        TensorFiles.ofFile(directory.resolve(FsqSpeechTokenizer.WEIGHTS_FILE))) {
      return checked(new TokenNetwork(manager, config, files.readAll(manager)));
    } catch (IllegalArgumentException e) {
      manager.close();
      throw new ModelFileException(configFile, e);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Weights are looked up when they are first used, so one row is encoded to check them. */
  private static TokenNetwork checked(TokenNetwork network) {
    int width = network.config.inputWidth();
    network.encode(new TokenFeatures(new float[width], 1, width));
    return network;
  }

  public EncoderConfig config() {
    return config;
  }

  /** Number of different tokens. */
  public int codebookSize() {
    return quantizer.codebookSize();
  }

  /** The tokens of one utterance, one for each row. */
  public int[] encode(TokenFeatures utterance) {
    return encode(List.of(utterance)).get(0);
  }

  /**
   * The tokens of each utterance, in their order.
   *
   * @throws IllegalArgumentException if an utterance has another width than the network's input
   */
  public List<int[]> encode(List<TokenFeatures> utterances) {
    utterances.forEach(this::checkWidth);
    int[][] ids = new int[utterances.size()][];
    int[] lengths = utterances.stream().mapToInt(TokenFeatures::time).toArray();
    for (List<Integer> bucket : LengthBuckets.of(lengths, LARGEST_BATCH)) {
      Iterator<int[]> rows = idsOfBatch(bucket.stream().map(utterances::get).toList()).iterator();
      for (int row : bucket) {
        ids[row] = rows.next();
      }
    }
    return List.of(ids);
  }

  private void checkWidth(TokenFeatures utterance) {
    if (utterance.width() != config.inputWidth()) {
      throw new IllegalArgumentException(
          "features must have width %d, but have %d"
              .formatted(config.inputWidth(), utterance.width()));
    }
  }

  /** The ids of utterances of similar length, the longest first. */
  private List<int[]> idsOfBatch(List<TokenFeatures> utterances) {
    int time = utterances.get(0).time();
    if (time == 0) {
      return utterances.stream().map(empty -> new int[0]).toList();
    }
    try (NDManager step = manager.newSubManager()) {
      FeatureBatch batch = FeatureBatch.of(step, utterances);
      NDArray values = encoder.encode(batch.features(), batch.mask(), UnaryOperator.identity());
      long[] codes = quantizer.codes(quantizer.bounded(values)).toLongArray();
      List<int[]> rows = new ArrayList<>();
      for (TokenFeatures utterance : utterances) {
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
