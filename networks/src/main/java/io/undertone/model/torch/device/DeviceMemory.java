package io.undertone.model.torch.device;

import ai.djl.engine.EngineException;
import io.undertone.model.recognizer.OutOfDeviceMemoryException;
import java.util.regex.Pattern;

/** Tells failures for want of memory from all others. */
public final class DeviceMemory {

  /** How PyTorch's allocators of GPUs and processors, cuBLAS and cuDNN say it. */
  private static final Pattern EXHAUSTED =
      Pattern.compile("out of memory|DefaultCPUAllocator|STATUS_ALLOC_FAILED");

  private DeviceMemory() {}

  /** A failure of work on a device, as an {@link OutOfDeviceMemoryException} if it is one. */
  public static RuntimeException translated(RuntimeException failure) {
    boolean exhausted =
        failure instanceof EngineException
            && EXHAUSTED.matcher(String.valueOf(failure.getMessage())).find();
    return exhausted ? new OutOfDeviceMemoryException(failure) : failure;
  }
}
