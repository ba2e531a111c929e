package io.undertone.training.features;

import io.undertone.audio.Pcm;
import io.undertone.model.torch.features.FeatureExtractor;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.features.UtteranceFeatures;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.corpus.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * The features of all clips in their {@link ClipVersion}s, computed once and kept in a file. The
 * encoder is frozen, so that it sees each of them once. A killed run continues with the clips that
 * the file lacks.
 */
public final class FeatureStore implements AutoCloseable {

  /** Clips that are prepared while those before them are encoded. */
  private static final int CLIPS_PER_BATCH = 24;

  /** Decides voices and telephone lines, which are the same for all trainings. */
  private static final long SEED = 1;

  private final FeatureFile file;

  /** A clip as the encoder receives it. */
  private record Received(String key, Pcm speech) {}

  private FeatureStore(FeatureFile file) {
    this.file = file;
  }

  /**
   * Opens a store.
   *
   * @param file need not exist yet
   * @param origin identifies the encoder
   * @throws io.undertone.training.TrainingException if the file is of another origin
   */
  public static FeatureStore open(Path file, String origin) throws IOException {
    return new FeatureStore(FeatureFile.open(file, origin + ", seed " + SEED));
  }

  /** The versions of a clip: all for training, and as recorded and by telephone for judging. */
  public static List<ClipVersion> versions(Clip clip) {
    return clip.split() == Split.TRAIN
        ? List.of(ClipVersion.values())
        : List.of(ClipVersion.RECORDED, ClipVersion.TELEPHONE);
  }

  /**
   * Computes and adds what the store lacks. Runs on the device's owner thread; clips are read and
   * transmitted on other threads meanwhile.
   *
   * @param audio reads a clip at the extractor's rate
   * @throws CorpusException if a clip cannot be read
   */
  public void add(
      List<Clip> clips,
      Function<Clip, Pcm> audio,
      FeatureExtractor extractor,
      ProgressLog progress) {
    List<Clip> missing =
        clips.stream()
            .filter(clip -> versions(clip).stream().anyMatch(one -> !file.contains(key(clip, one))))
            .toList();
    CompletableFuture<List<Received>> next = CompletableFuture.completedFuture(List.of());
    for (int from = 0; from < missing.size() + CLIPS_PER_BATCH; from += CLIPS_PER_BATCH) {
      List<Received> batch = joined(next);
      List<Clip> following =
          missing.subList(
              Math.min(missing.size(), from), Math.min(missing.size(), from + CLIPS_PER_BATCH));
      next = CompletableFuture.supplyAsync(() -> received(following, audio));
      encode(batch, extractor);
      if (from > 0) {
        progress.report("features of clip", Math.min(missing.size(), from), missing.size());
      }
    }
  }

  private static List<Received> joined(CompletableFuture<List<Received>> received) {
    try {
      return received.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof CorpusException unreadable ? unreadable : e;
    }
  }

  private List<Received> received(List<Clip> clips, Function<Clip, Pcm> audio) {
    ReceivedClip versions = new ReceivedClip(SEED);
    List<Received> received = new ArrayList<>();
    for (Clip clip : clips) {
      Pcm speech = audio.apply(clip);
      for (ClipVersion version : versions(clip)) {
        if (!file.contains(key(clip, version))) {
          received.add(new Received(key(clip, version), versions.of(clip, version, speech)));
        }
      }
    }
    return received;
  }

  private void encode(List<Received> batch, FeatureExtractor extractor) {
    if (batch.isEmpty()) {
      return;
    }
    List<UtteranceFeatures> features =
        extractor.extract(batch.stream().map(Received::speech).toList());
    try {
      for (int i = 0; i < features.size(); i++) {
        file.append(batch.get(i).key(), features.get(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(Clip clip, ClipVersion version) {
    return clip.id() + "#" + version.name();
  }

  /** Rows and statistics of a clip. */
  public UtteranceFeatures features(Clip clip, ClipVersion version) {
    return file.read(key(clip, version));
  }

  /** The rows of a clip. */
  public TokenFeatures rows(Clip clip, ClipVersion version) {
    return features(clip, version).rows();
  }

  /** The statistics of a clip. */
  public float[] statistics(Clip clip, ClipVersion version) {
    return file.readStatistics(key(clip, version));
  }

  /** Number of rows of a clip. */
  public int time(Clip clip, ClipVersion version) {
    return file.time(key(clip, version));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
