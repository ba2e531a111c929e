package io.undertone.model.torch;

import io.undertone.model.EmotionPrior;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.recognizer.Recognizer;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The open models of this JVM: one copy for each directory, prior, arithmetic and device, closed
 * with its last handle. Beyond the arithmetic, all users of a directory must bring the same
 * tokenizer loader, since only the first one's is called.
 */
final class SharedModels {
  private static final Map<Key, Shared> OPEN = new HashMap<>();

  private SharedModels() {}

  private record Key(
      Path directory, EmotionPrior prior, ArithmeticChoice arithmetic, DeviceChoice device) {}

  static ModelHandle open(
      Path directory,
      SpeechTokenizerLoader tokenizerLoader,
      EmotionPrior prior,
      DeviceChoice device) {
    Key key = new Key(realPath(directory), prior, tokenizerLoader.arithmetic(), device);
    synchronized (OPEN) {
      Shared shared =
          OPEN.computeIfAbsent(
              key,
              any ->
                  new Shared(
                      TorchEmotionModel.open(key.directory(), tokenizerLoader, prior, device)));
      shared.users++;
      return new ModelHandle(shared.model, shared.recognizer, () -> release(key, shared));
    }
  }

  private static void release(Key key, Shared shared) {
    synchronized (OPEN) {
      shared.users--;
      if (shared.users == 0) {
        OPEN.remove(key);
        shared.model.close();
      }
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
    private final TorchEmotionModel model;
    private final Recognizer recognizer;
    private int users;

    Shared(TorchEmotionModel model) {
      this.model = model;
      this.recognizer = new Recognizer(model, model.thread());
    }
  }
}
