package io.undertone.bench.jmh;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFileException;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.model.ChannelMemory;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.torch.TorchEmotionModel;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Tokenizes an utterance of 3 s, and recognizes it in the middle of a call: tokens, one memory
 * update with a full prefix, and the estimate.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open first.
public class ModelBenchmark {
  private static final int UTTERANCE_MS = 3_000;

  /** Long enough to fill the prefix at once. */
  private static final int FILLING_MS = 11_000;

  private TorchEmotionModel model;
  private ChannelMemory memory;
  private Pcm utterance;

  @Setup
  public void open() throws AudioFileException {
    SpeechClips speech = BenchInput.speech();
    model = BenchInput.openModel();
    memory = model.newMemory(1);
    utterance = speech.clip(0, UTTERANCE_MS);
    recognize(speech.clip(0, FILLING_MS));
  }

  @Benchmark
  public List<SpeechTokens> tokenizeUtterance() {
    return model.tokenize(List.of(utterance));
  }

  @Benchmark
  public List<Recognition> updateAndEstimate() {
    return recognize(utterance);
  }

  private List<Recognition> recognize(Pcm pcm) {
    return model.recognize(List.of(new RecognitionRequest(pcm, memory)));
  }

  @TearDown
  public void close() {
    memory.close();
    model.close();
  }
}
