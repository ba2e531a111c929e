package io.undertone.bench.recognizer;

import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.Quantiles;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.MatrixMultiply;
import io.undertone.model.torch.encoder.Arithmetic;
import io.undertone.model.torch.encoder.EncoderTimer;
import io.undertone.model.torch.encoder.LogMel;
import io.undertone.model.torch.encoder.LogMelSpectrum;
import io.undertone.model.torch.encoder.WhisperConfig;
import io.undertone.model.torch.encoder.WhisperEncoder;
import io.undertone.model.torch.features.WhisperFeaturesConfig;
import io.undertone.model.torch.tokenizer.TokenizerConfigFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cost of a pretrained encoder in each arithmetic, from spectra to layers, in batches of {@value
 * #BATCH} utterances of 3 s. Batches and large matrix products alternate, so that load on the
 * machine hardly affects their ratio.
 */
public final class EncoderBench {

  /** Utterances in a batch. */
  public static final int BATCH = 8;

  private static final int UTTERANCE_MS = 3_000;
  private static final int PRODUCTS_PER_ROUND = 3;

  /**
   * Medians of a run.
   *
   * @param coreMsPerUtterance processor time of an utterance
   * @param sgemmGflops speed of large float32 matrix products on one thread
   * @param gflopPerUtterance billions of floating point operations of an utterance
   */
  public record Result(
      Map<Arithmetic, Double> coreMsPerUtterance, double sgemmGflops, double gflopPerUtterance) {

    /**
     * Processor time of an utterance, over that of as many floating point operations in large
     * float32 matrix products.
     */
    public double overSgemm(Arithmetic arithmetic) {
      double coreMs = Objects.requireNonNull(coreMsPerUtterance.get(arithmetic));
      return coreMs / 1000 * sgemmGflops / gflopPerUtterance;
    }
  }

  /**
   * An arithmetic and its measurements.
   *
   * @param coreMs processor time of an utterance, for each batch
   */
  private record Measured(Arithmetic arithmetic, EncoderTimer timer, List<Double> coreMs) {}

  private final Path directory;
  private final DeviceChoice device;
  private final WhisperFeaturesConfig features;
  private final SpeechClips speech;
  private final int rounds;

  private EncoderBench(
      Path directory,
      DeviceChoice device,
      WhisperFeaturesConfig features,
      SpeechClips speech,
      int rounds) {
    this.directory = directory;
    this.device = device;
    this.features = features;
    this.speech = speech;
    this.rounds = rounds;
  }

  /** Runs the benchmark; empty if the model has no pretrained encoder. */
  public static Optional<Result> run(
      Path model, DeviceChoice device, SpeechClips speech, Effort effort) {
    int rounds =
        switch (effort) {
          case SMOKE -> 1;
          case QUICK -> 15;
          case FULL -> 40;
        };
    return TokenizerConfigFile.read(model)
        .input()
        .map(
            input ->
                new EncoderBench(
                        model.resolve(input.directory()), device, input.features(), speech, rounds)
                    .run());
  }

  private Result run() {
    try (MatrixMultiply product = MatrixMultiply.open(device);
        EncoderTimer float32 = open(Arithmetic.FLOAT32);
        EncoderTimer bfloat16 = open(Arithmetic.BFLOAT16)) {
      return measure(
          product,
          List.of(
              new Measured(Arithmetic.FLOAT32, float32, new ArrayList<>()),
              new Measured(Arithmetic.BFLOAT16, bfloat16, new ArrayList<>())));
    }
  }

  private EncoderTimer open(Arithmetic arithmetic) {
    return EncoderTimer.open(directory, features.highestLayer(), arithmetic, device);
  }

  private Result measure(MatrixMultiply product, List<Measured> all) {
    WhisperConfig config = WhisperConfig.read(directory);
    List<LogMel> batch = batch(new LogMelSpectrum(config.melBands()));
    List<Double> gflops = new ArrayList<>();
    // Warm-up: the first batch sets buffers up.
    all.forEach(one -> one.timer().coreMs(batch, features.layers()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < PRODUCTS_PER_ROUND; i++) {
        gflops.add(product.gflops());
      }
      all.forEach(one -> one.coreMs().add(one.timer().coreMs(batch, features.layers()) / BATCH));
    }
    int rows = UTTERANCE_MS * WhisperEncoder.RATE_HZ / 1000;
    return new Result(
        medians(all),
        Quantiles.of(gflops).p50(),
        config.flops(features.highestLayer(), rows) / 1e9);
  }

  private static Map<Arithmetic, Double> medians(List<Measured> all) {
    Map<Arithmetic, Double> medians = new EnumMap<>(Arithmetic.class);
    all.forEach(one -> medians.put(one.arithmetic(), Quantiles.of(one.coreMs()).p50()));
    return medians;
  }

  private List<LogMel> batch(LogMelSpectrum spectrum) {
    return IntStream.range(0, BATCH)
        .mapToObj(i -> spectrum.of(speech.clip((long) i * UTTERANCE_MS, UTTERANCE_MS)))
        .toList();
  }
}
