package io.undertone.model.torch.device;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;

/**
 * Starts the PyTorch engine. It reads these system properties once, when the first device opens.
 * Values that the user has set are kept.
 *
 * <ul>
 *   <li>{@code ai.djl.pytorch.num_threads} and {@code ai.djl.pytorch.num_interop_threads}: threads
 *       within an operation, and between operations. Default 1: many tasks share the cores, and two
 *       threads are slower than one for a small operation.
 *   <li>{@code ai.djl.offline}: fail at once if a native library is not on the class path, instead
 *       of downloading it. Default true; also set by {@code DJL_OFFLINE}.
 * </ul>
 */
final class TorchRuntime {

  private TorchRuntime() {}

  static Engine engine() {
    setDefault("ai.djl.pytorch.num_threads", "1");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    if (System.getenv("DJL_OFFLINE") == null) {
      setDefault("ai.djl.offline", "true");
    }
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "PyTorch's native library must be on the class path (pytorch-jni and pytorch-native-cpu,"
              + " or pytorch-native-cu124, for this platform), but could not be loaded: "
              + e.getMessage(),
          e);
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
