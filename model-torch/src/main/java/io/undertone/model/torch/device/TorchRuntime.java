package io.undertone.model.torch.device;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;

/**
 * How the PyTorch engine starts. The system properties below are read once, when the first device
 * is opened; what the user has set stays.
 *
 * <ul>
 *   <li>{@code ai.djl.pytorch.num_threads} and {@code ai.djl.pytorch.num_interop_threads}: threads
 *       of one operation, and for operations side by side. Default 1: many tasks share the cores,
 *       and two threads for one small operation are slower than one.
 *   <li>{@code ai.djl.offline}: whether a native library that is not on the class path is an error
 *       at once, not a download. Default true, also settable as {@code DJL_OFFLINE}.
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
          "PyTorch's native library must be on the class path (pytorch-jni and pytorch-native-cpu"
              + " for this platform), but could not be loaded: "
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
