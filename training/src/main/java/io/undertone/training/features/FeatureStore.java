package io.undertone.training.features;

import io.undertone.audio.Pcm;
import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The features of all clips, computed once and kept in a file; of training clips also as received
 * over {@link TelephoneLine}s. Memory and file store a value as a 16-bit number of thousandths,
 * half the size of a float.
 */
public final class FeatureStore {

  private static final int VERSION = 2;

  /** Telephone lines of each training speaker. */
  static final int LINES_PER_SPEAKER = 3;

  private static final float SCALE = 1000;

  private final Map<String, short[]> clips;

  private FeatureStore(Map<String, short[]> clips) {
    this.clips = clips;
  }

  /**
   * Reads the features from a file, and computes and adds those that it lacks.
   *
   * @param file need not exist yet
   * @param audio reads the clip at a path
   * @param seed decides the telephone lines
   */
  public static FeatureStore of(
      Path file, List<Clip> clips, Function<String, Pcm> audio, long seed, ProgressLog progress)
      throws IOException {
    Map<String, short[]> known = Files.exists(file) ? read(file) : new HashMap<>();
    List<Clip> missing = clips.stream().filter(clip -> !known.containsKey(clip.path())).toList();
    if (!missing.isEmpty()) {
      AtomicInteger done = new AtomicInteger();
      missing.parallelStream()
          .forEach(
              clip -> {
                Map<String, short[]> computed = compute(clip, audio.apply(clip.path()), seed);
                synchronized (known) {
                  known.putAll(computed);
                }
                progress.report("features", done.incrementAndGet(), missing.size());
              });
      write(file, known);
    }
    return new FeatureStore(known);
  }

  private static Map<String, short[]> compute(Clip clip, Pcm speech, long seed) {
    Map<String, short[]> computed = new HashMap<>();
    computed.put(clip.path(), pack(FrameFeatures.of(speech)));
    Random random = new Random(seed ^ clip.path().hashCode());
    for (int line = 0; line < (clip.split() == Split.TRAIN ? LINES_PER_SPEAKER : 0); line++) {
      TelephoneLine ofSpeaker =
          TelephoneLine.draw(new Random(seed ^ Objects.hash(clip.speaker(), line)));
      Pcm received = ofSpeaker.transmit(speech, random);
      computed.put(lineKey(line, clip.path()), pack(FrameFeatures.of(received)));
    }
    return computed;
  }

  private static String lineKey(int line, String path) {
    return path + "#" + line;
  }

  /** A clip as recorded. */
  FrameFeatures recorded(String path) {
    return unpack(path);
  }

  /**
   * A training clip as received over one of its speaker's telephone lines.
   *
   * @param line from 0 to {@link #LINES_PER_SPEAKER}, exclusive
   */
  FrameFeatures overLine(int line, String path) {
    return unpack(lineKey(line, path));
  }

  private FrameFeatures unpack(String key) {
    short[] packed = clips.get(key);
    if (packed == null) {
      throw new IllegalArgumentException("clip " + key + " is not in the store");
    }
    float[] values = new float[packed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = packed[i] / SCALE;
    }
    return new FrameFeatures(values, values.length / FrameFeatures.WIDTH);
  }

  private static short[] pack(FrameFeatures features) {
    float[] values = features.values();
    short[] packed = new short[values.length];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (short) Math.round(values[i] * SCALE);
    }
    return packed;
  }

  private static Map<String, short[]> read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new TrainingException(
            file + ": version must be " + VERSION + ", but is " + version + "; delete the file");
      }
      int count = in.readInt();
      Map<String, short[]> clips = new HashMap<>();
      for (int i = 0; i < count; i++) {
        String path = in.readUTF();
        short[] values = new short[in.readInt()];
        for (int k = 0; k < values.length; k++) {
          values[k] = in.readShort();
        }
        clips.put(path, values);
      }
      return clips;
    }
  }

  private static void write(Path file, Map<String, short[]> clips) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 20))) {
        out.writeInt(VERSION);
        out.writeInt(clips.size());
        for (Map.Entry<String, short[]> clip : clips.entrySet()) {
          out.writeUTF(clip.getKey());
          out.writeInt(clip.getValue().length);
          for (short value : clip.getValue()) {
            out.writeShort(value);
          }
        }
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
