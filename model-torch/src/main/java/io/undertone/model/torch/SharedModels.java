package io.undertone.model.torch;

import io.undertone.model.BatchLimits;
import io.undertone.model.EmotionModel;
import io.undertone.model.LoraMemory;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.ModelVersion;
import io.undertone.model.ModelWork;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionLine;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One copy of each model directory in this JVM, closed when its last user has closed it. All users
 * of a directory must bring the same tokenizer loader: that of the first is used.
 */
final class SharedModels {
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private SharedModels() {}

  static EmotionModel open(Path directory, SpeechTokenizerLoader tokenizerLoader) {
    Path key = realPath(directory);
    synchronized (OPEN) {
      Shared shared = OPEN.get(key);
      if (shared == null) {
        shared = new Shared(key, TorchEmotionModel.open(key, tokenizerLoader));
        OPEN.put(key, shared);
      }
      shared.users++;
      return new User(shared);
    }
  }

  private static Path realPath(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw new ModelFileException(directory, "model directory must exist", e);
    }
  }

  private static final class Shared {
    private final Path key;
    private final EmotionModel model;
    private int users;

    Shared(Path key, EmotionModel model) {
      this.key = key;
      this.model = model;
    }

    void release() {
      synchronized (OPEN) {
        users--;
        if (users == 0) {
          OPEN.remove(key);
          model.close();
        }
      }
    }
  }

  /** The shared model as one user sees it. */
  private static final class User implements EmotionModel {
    private final Shared shared;
    private boolean closed;

    User(Shared shared) {
      this.shared = shared;
    }

    @Override
    public ModelVersion version() {
      return shared.model.version();
    }

    @Override
    public int sampleRateHz() {
      return shared.model.sampleRateHz();
    }

    @Override
    public LoraMemory newMemory(long seed) {
      return shared.model.newMemory(seed);
    }

    @Override
    public LoraMemory restore(MemorySnapshot snapshot) {
      return shared.model.restore(snapshot);
    }

    @Override
    public List<Recognition> recognize(List<RecognitionRequest> requests) {
      return shared.model.recognize(requests);
    }

    @Override
    public RecognitionLine openLine(BatchLimits limits) {
      return shared.model.openLine(limits);
    }

    @Override
    public ModelWork work() {
      return shared.model.work();
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        shared.release();
      }
    }
  }
}
