package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.CoreTime;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import java.nio.file.Path;
import java.util.List;

/**
 * Times an encoder on its device's owner thread. Opens the device for its own use; may be called on
 * any thread.
 */
public final class EncoderTimer implements AutoCloseable {
  private static final double NANOS_PER_MS = 1e6;

  private final TorchDevice device;
  private final NDManager manager;
  private final WhisperEncoder encoder;

  private EncoderTimer(TorchDevice device, NDManager manager, WhisperEncoder encoder) {
    this.device = device;
    this.manager = manager;
    this.encoder = encoder;
  }

  /**
   * Loads an encoder, as {@link WhisperEncoder#load}.
   *
   * @param layers number of layers to load, from the first
   */
  public static EncoderTimer open(
      Path directory, int layers, Arithmetic arithmetic, DeviceChoice choice) {
    return TorchDevice.open(
        choice,
        (device, manager) ->
            new EncoderTimer(
                device, manager, WhisperEncoder.load(directory, layers, arithmetic, manager)));
  }

  /** Encodes utterances, and returns the milliseconds of processor time that it took. */
  public double coreMs(List<LogMel> utterances, List<Integer> layers) {
    return device.call(() -> CoreTime.nanos(() -> encode(utterances, layers))) / NANOS_PER_MS;
  }

  private void encode(List<LogMel> utterances, List<Integer> layers) {
    try (NDManager step = manager.newSubManager()) {
      encoder.encode(utterances, layers, step);
    }
  }

  @Override
  public void close() {
    device.run(
        () -> {
          encoder.close();
          manager.close();
        });
    device.close();
  }
}
