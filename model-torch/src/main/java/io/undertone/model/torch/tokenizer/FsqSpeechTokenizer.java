package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.audio.Pcm;
import io.undertone.model.torch.encoder.Arithmetic;
import io.undertone.model.torch.features.AcousticFeatures;
import io.undertone.model.torch.features.FeatureExtractor;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.features.UtteranceFeatures;
import io.undertone.model.torch.features.WhisperFeatures;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.SafetensorsWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Speech to tokens of one codebook at {@value TokenFeatures#RATE_HZ} Hz: a {@link FeatureExtractor}
 * and a {@link TokenNetwork}. The voice cues of an utterance are the extractor's statistics.
 */
public final class FsqSpeechTokenizer implements SpeechTokenizer {

  public static final String CONFIG_FILE = "speech-tokenizer.json";
  public static final String WEIGHTS_FILE = "speech-tokenizer.safetensors";

  private final FeatureExtractor extractor;
  private final TokenNetwork network;

  private FsqSpeechTokenizer(FeatureExtractor extractor, TokenNetwork network) {
    this.extractor = extractor;
    this.network = network;
  }

  /** As {@link #load(Path, Arithmetic, NDManager)}, in float32. */
  public static FsqSpeechTokenizer load(Path directory, NDManager parent) {
    return load(directory, Arithmetic.FLOAT32, parent);
  }

  /**
   * Reads {@value #CONFIG_FILE}, {@value #WEIGHTS_FILE} and the pretrained encoder, if the
   * tokenizer has one, of a model's directory.
   *
   * @param arithmetic of the pretrained encoder
   * @throws ModelFileException if a file is missing or invalid
   */
  public static FsqSpeechTokenizer load(Path directory, Arithmetic arithmetic, NDManager parent) {
    TokenNetwork network = TokenNetwork.load(directory, parent);
    try {
      return new FsqSpeechTokenizer(
          extractor(directory, network.config(), arithmetic, parent), network);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private static FeatureExtractor extractor(
      Path directory, EncoderConfig network, Arithmetic arithmetic, NDManager parent) {
    TokenizerConfig config = TokenizerConfigFile.read(directory);
    if (config.input().isEmpty()) {
      return new AcousticFeatures();
    }
    TokenizerConfig.WhisperInput input = config.input().get();
    WhisperFeatures features =
        WhisperFeatures.load(
            directory.resolve(input.directory()), input.features(), arithmetic, parent);
    if (features.width() != network.inputWidth()) {
      features.close();
      throw new ModelFileException(
          directory.resolve(CONFIG_FILE),
          "inputWidth must be %d, the width of the encoder's layers %s, but is %d"
              .formatted(features.width(), input.features().tokenLayers(), network.inputWidth()));
    }
    return features;
  }

  /**
   * Writes the files of the network into an existing directory; {@link #load} reads them. A
   * pretrained encoder is not copied.
   */
  public static void save(Path directory, TokenizerConfig config, Map<String, NDArray> weights) {
    TokenizerConfigFile.write(config, directory);
    SafetensorsWriter.write(directory.resolve(WEIGHTS_FILE), weights);
  }

  @Override
  public int sampleRateHz() {
    return extractor.sampleRateHz();
  }

  @Override
  public int frameRateHz() {
    return TokenFeatures.RATE_HZ;
  }

  @Override
  public int codebookSize() {
    return network.codebookSize();
  }

  @Override
  public int voiceWidth() {
    return extractor.statisticsWidth();
  }

  @Override
  public List<SpeechTokens> encode(List<Pcm> utterances) {
    List<UtteranceFeatures> features = extractor.extract(utterances);
    List<int[]> ids = network.encode(features.stream().map(UtteranceFeatures::rows).toList());
    List<SpeechTokens> tokens = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      UtteranceCues cues = UtteranceCues.ofVoice(features.get(i).statistics());
      tokens.add(new SpeechTokens(ids.get(i), frameRateHz(), cues));
    }
    return tokens;
  }

  @Override
  public void close() {
    network.close();
    extractor.close();
  }
}
