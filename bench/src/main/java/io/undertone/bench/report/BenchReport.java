package io.undertone.bench.report;

import io.undertone.bench.pipeline.ChunkFlood;
import io.undertone.bench.pipeline.LiveCalls;
import io.undertone.bench.pipeline.LiveForecast;
import io.undertone.bench.recognizer.CallLengthBench;
import io.undertone.bench.recognizer.EncoderBench;
import io.undertone.bench.recognizer.RecognizerBench;
import io.undertone.bench.voice.VoiceActivityBench;
import io.undertone.model.torch.encoder.Arithmetic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** All measurements of a run. */
public record BenchReport(
    Map<String, Double> micros,
    VoiceActivityBench.Result voice,
    RecognizerBench.Result recognizer,
    Optional<EncoderBench.Result> encoder,
    CallLengthBench.Result callLength,
    ChunkFlood.Result flood,
    SortedMap<Integer, Long> checkpointBytes,
    LiveCalls.Result live,
    Optional<LiveForecast> forecast,
    double seconds) {

  /** The utterance length that batch figures refer to, if it was measured. */
  private int utteranceMs() {
    return recognizer.rows().stream().anyMatch(row -> row.utteranceMs() == 3_000)
        ? 3_000
        : recognizer.rows().get(0).utteranceMs();
  }

  /** The batch of 32, or the largest smaller one that was measured. */
  public RecognizerBench.Row largeBatch() {
    return batchOf(32);
  }

  /** The batch of 8, or the largest smaller one that was measured. */
  public RecognizerBench.Row mediumBatch() {
    return batchOf(8);
  }

  private RecognizerBench.Row batchOf(int most) {
    int batch =
        recognizer.rows().stream()
            .mapToInt(RecognizerBench.Row::batch)
            .filter(size -> size <= most)
            .max()
            .orElseThrow();
    return recognizer.row(batch, utteranceMs());
  }

  /**
   * The largest sustained number of live calls, over the number that batches of 8 would keep the
   * device busy with.
   */
  public double liveCallsOverDevice() {
    return live.callsOverDevice(mediumBatch().utterancesPerCoreSecond());
  }

  public RecognizerBench.Row single() {
    return recognizer.row(1, utteranceMs());
  }

  /** Cores foretold from few live calls, over those that most of the sustained ones used. */
  private @Nullable Double planOverLive() {
    return forecast
        .map(LiveForecast::levels)
        .map(levels -> levels.get(levels.size() - 1).coresRatio())
        .orElse(null);
  }

  /** All figures by name; those that scripts read come first. */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put(
        "batch32OverBatch1",
        largeBatch().utterancesPerCoreSecond() / single().utterancesPerCoreSecond());
    json.put("sgemmFraction", largeBatch().sgemmFraction());
    json.put("utteranceOverSgemm", 1 / mediumBatch().sgemmFraction());
    json.put("encoderFloat32OverSgemm", encoderOverSgemm(Arithmetic.FLOAT32));
    json.put("encoderBf16OverSgemm", encoderOverSgemm(Arithmetic.BFLOAT16));
    json.put("liveCallsPerCore", live.callsPerCore());
    json.put("liveCallsOverDevice", liveCallsOverDevice());
    json.put("chunksPerSecond", flood.chunksPerSecond());
    json.put("vadChannelsPerCore", voice.channels());
    json.put("cost2000Over10", callLength.lastOverTenth());
    json.put("bytesPerConversation", recognizer.stateBytes());
    json.put("residentBytesPerConversation", recognizer.residentBytes());
    json.put("sgemmGflops", recognizer.sgemmGflops());
    json.put("utterancesPerCoreSecond", largeBatch().utterancesPerCoreSecond());
    json.put("vadChannelsPerCoreEachFrame", voice.channelsEachFrame());
    json.put("coreMicrosPerChunk", flood.coreMicrosPerChunk());
    json.put("planOverLive", planOverLive());
    json.put("checkpointBytesByLiveCalls", checkpointBytes);
    json.put("coreMsByUtterance", callLength.coreMsByUtterance());
    json.put("live", live.levels().stream().map(BenchReport::level).toList());
    json.put("recognizer", recognizer.rows().stream().map(BenchReport::row).toList());
    json.put("lowLoad", live.low().stream().map(BenchReport::level).toList());
    json.put("machine", forecast.map(LiveForecast::machine).orElse(null));
    json.put(
        "foretold",
        forecast.stream()
            .flatMap(all -> all.levels().stream())
            .map(BenchReport::foretold)
            .toList());
    json.put("micros", micros);
    json.put("cores", live.cores());
    json.put("seconds", seconds);
    return json;
  }

  /** Null if the model has no pretrained encoder. */
  private @Nullable Double encoderOverSgemm(Arithmetic arithmetic) {
    return encoder.map(result -> result.overSgemm(arithmetic)).orElse(null);
  }

  private static Map<String, Object> level(LiveCalls.Level level) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("calls", level.calls());
    json.put("utterances", level.utterances());
    json.put("p50Ms", level.latencyMs().p50());
    json.put("p95Ms", level.latencyMs().p95());
    json.put("p99Ms", level.latencyMs().p99());
    json.put("coresUsed", level.coresUsed());
    json.put("deviceUse", level.deviceUse());
    return json;
  }

  private static Map<String, Object> foretold(LiveForecast.Foretold level) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("measured", level(level.measured()));
    json.put("p50Ms", level.foretold().latencyMs().p50());
    json.put("p95Ms", level.foretold().latencyMs().p95());
    json.put("coresUsed", level.foretold().cores());
    json.put("deviceUse", level.foretold().deviceUse());
    return json;
  }

  private static Map<String, Object> row(RecognizerBench.Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("batch", row.batch());
    json.put("utteranceMs", row.utteranceMs());
    json.put("utterancesPerSecond", row.utterancesPerSecond());
    json.put("utterancesPerCoreSecond", row.utterancesPerCoreSecond());
    json.put("p50Ms", row.latencyMs().p50());
    json.put("p95Ms", row.latencyMs().p95());
    json.put("p99Ms", row.latencyMs().p99());
    json.put("coresBusy", row.coresBusy());
    json.put("sgemmFraction", row.sgemmFraction());
    return json;
  }
}
