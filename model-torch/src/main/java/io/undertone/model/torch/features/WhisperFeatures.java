package io.undertone.model.torch.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import io.undertone.audio.Pcm;
import io.undertone.model.torch.encoder.Arithmetic;
import io.undertone.model.torch.encoder.LogMel;
import io.undertone.model.torch.encoder.LogMelSpectrum;
import io.undertone.model.torch.encoder.WhisperEncoder;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Features from layers of Whisper's encoder ({@value WhisperEncoder#RATE_HZ} rows a second).
 *
 * <pre>
 * rows        for each token layer: mean of two successive rows, normalised to mean 0, variance 1
 * statistics  for each statistics layer: mean over time, then standard deviation over time
 * </pre>
 *
 * An utterance that is longer than the encoder's positions is encoded in several pieces.
 */
public final class WhisperFeatures implements FeatureExtractor {
  private static final int STACK = WhisperEncoder.RATE_HZ / TokenFeatures.RATE_HZ;
  private static final float NORM_EPSILON = 1e-5f;

  /** More utterances are encoded in several groups, which limits the memory. */
  private static final int LARGEST_GROUP = 16;

  private final NDManager manager;
  private final WhisperFeaturesConfig config;
  private final WhisperEncoder encoder;
  private final LogMelSpectrum spectrum;

  /** All layers that are read, without duplicates. */
  private final List<Integer> layers;

  private final Shape normShape;
  private final NDArray normScale;
  private final NDArray normShift;

  private WhisperFeatures(NDManager manager, WhisperFeaturesConfig config, WhisperEncoder encoder) {
    this.manager = manager;
    this.config = config;
    this.encoder = encoder;
    this.layers = config.layers();
    this.spectrum = new LogMelSpectrum(encoder.config().melBands());
    this.normShape = new Shape(encoder.config().width());
    this.normScale = manager.ones(normShape);
    this.normShift = manager.zeros(normShape);
  }

  /**
   * Loads the layers that the features need.
   *
   * @param encoderDirectory as {@link WhisperEncoder#load} reads it
   * @param parent its device holds the weights, until either is closed
   * @throws ModelFileException if a file is missing or invalid, or has too few layers
   */
  public static WhisperFeatures load(
      Path encoderDirectory,
      WhisperFeaturesConfig config,
      Arithmetic arithmetic,
      NDManager parent) {
    NDManager manager = parent.newSubManager();
    try {
      WhisperEncoder encoder =
          WhisperEncoder.load(encoderDirectory, config.highestLayer(), arithmetic, manager);
      return new WhisperFeatures(manager, config, encoder);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  @Override
  public int sampleRateHz() {
    return config.sampleRateHz();
  }

  @Override
  public int width() {
    return config.tokenLayers().size() * encoder.config().width();
  }

  @Override
  public int statisticsWidth() {
    return 2 * config.statisticsLayers().size() * encoder.config().width();
  }

  @Override
  public List<UtteranceFeatures> extract(List<Pcm> utterances) {
    utterances.forEach(this::checkRate);
    List<UtteranceFeatures> features = new ArrayList<>();
    for (int begin = 0; begin < utterances.size(); begin += LARGEST_GROUP) {
      int end = Math.min(utterances.size(), begin + LARGEST_GROUP);
      features.addAll(extractGroup(utterances.subList(begin, end)));
    }
    return features;
  }

  private void checkRate(Pcm utterance) {
    if (utterance.sampleRateHz() != sampleRateHz()) {
      throw new IllegalArgumentException(
          "sampleRateHz must be %d, but is %d".formatted(sampleRateHz(), utterance.sampleRateHz()));
    }
  }

  private List<UtteranceFeatures> extractGroup(List<Pcm> utterances) {
    List<List<LogMel>> pieces = utterances.stream().map(spectrum::of).map(this::pieces).toList();
    try (NDManager step = manager.newSubManager()) {
      List<LogMel> all = pieces.stream().flatMap(List::stream).toList();
      Iterator<NDList> outputs = encoder.encode(all, layers, step).iterator();
      List<UtteranceFeatures> features = new ArrayList<>();
      for (List<LogMel> ofUtterance : pieces) {
        List<NDList> outputsOfPieces = ofUtterance.stream().map(piece -> outputs.next()).toList();
        features.add(ofUtterance.isEmpty() ? none() : features(joined(outputsOfPieces)));
      }
      return features;
    }
  }

  /** The spectrum cut to the positions that the encoder has; empty if there is no frame. */
  private List<LogMel> pieces(LogMel whole) {
    int most = STACK * encoder.config().positions();
    if (whole.frames() > 0 && whole.frames() <= most) {
      return List.of(whole);
    }
    List<LogMel> pieces = new ArrayList<>();
    for (int begin = 0; begin < whole.frames(); begin += most) {
      int end = Math.min(whole.frames(), begin + most);
      float[] values =
          Arrays.copyOfRange(whole.values(), begin * whole.bands(), end * whole.bands());
      pieces.add(new LogMel(values, end - begin, whole.bands()));
    }
    return pieces;
  }

  /** The layers of pieces to layers of the whole, each (time, width). */
  private NDList joined(List<NDList> pieces) {
    if (pieces.size() == 1) {
      return pieces.get(0);
    }
    NDList whole = new NDList();
    for (int i = 0; i < layers.size(); i++) {
      int layer = i;
      whole.add(
          NDArrays.concat(new NDList(pieces.stream().map(piece -> piece.get(layer)).toList())));
    }
    return whole;
  }

  private UtteranceFeatures none() {
    return new UtteranceFeatures(new TokenFeatures(new float[0], 0, width()), new float[0]);
  }

  /** outputs: (time, width) of each layer. Copies all results from the device at once. */
  private UtteranceFeatures features(NDList outputs) {
    int time = Math.toIntExact(outputs.get(0).getShape().get(0)) / STACK;
    NDList results = new NDList();
    if (time > 0) {
      results.add(rows(outputs, time).flatten());
    }
    for (int layer : config.statisticsLayers()) {
      addStatistics(output(outputs, layer), results);
    }
    float[] values = NDArrays.concat(results).toFloatArray();
    int begin = time * width();
    return new UtteranceFeatures(
        new TokenFeatures(Arrays.copyOf(values, begin), time, width()),
        Arrays.copyOfRange(values, begin, values.length));
  }

  private NDArray output(NDList outputs, int layer) {
    return outputs.get(layers.indexOf(layer));
  }

  /** (time, token layers · width). */
  private NDArray rows(NDList outputs, int time) {
    NDList rows = new NDList();
    for (int layer : config.tokenLayers()) {
      NDArray used = output(outputs, layer).get(new NDIndex("0:{}", STACK * time));
      NDArray means = used.reshape(time, STACK, normShape.get(0)).mean(new int[] {1});
      rows.add(
          LayerNorm.layerNorm(means, normShape, normScale, normShift, NORM_EPSILON)
              .singletonOrThrow());
    }
    return NDArrays.concat(rows, 1);
  }

  /** output: (time, width). */
  private static void addStatistics(NDArray output, NDList results) {
    NDArray mean = output.mean(new int[] {0}, true);
    NDArray centred = output.sub(mean);
    results.add(mean.flatten());
    results.add(centred.mul(centred).mean(new int[] {0}).sqrt());
  }

  @Override
  public void close() {
    manager.close();
  }
}
