package io.undertone.bench.jmh;

import io.undertone.audio.Pcm16;
import io.undertone.audio.codec.ChunkDecoder;
import io.undertone.audio.codec.ChunkEncoder;
import io.undertone.audio.codec.Codec;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.audio.file.AudioFileException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decodes one chunk of 100 ms at 8 kHz. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
  private static final int CHUNK_MS = 100;
  private static final int RATE_HZ = 8000;

  @Param({"PCM_S16LE", "PCMU", "PCMA", "OPUS"})
  public Codec codec = Codec.PCM_S16LE;

  private byte[] payload = {};

  @Setup
  public void encode() throws AudioFileException {
    short[] samples = BenchInput.speech().clip(1000, CHUNK_MS).toInt16();
    payload = ChunkEncoder.of(codec, RATE_HZ, CHUNK_MS).encode(samples);
  }

  @Benchmark
  public Pcm16 decodeChunk() throws UndecodableAudioException {
    return ChunkDecoder.decode(codec, RATE_HZ, payload, null);
  }
}
