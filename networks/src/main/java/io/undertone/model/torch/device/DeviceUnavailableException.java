package io.undertone.model.torch.device;

/** This process cannot compute on the device that was asked for. */
public final class DeviceUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reachable number of GPUs that PyTorch reaches
   * @param version of PyTorch
   */
  DeviceUnavailableException(DeviceChoice device, int reachable, String version) {
    super(
        ("device must be cpu%s, but is %s: PyTorch %s in this process reaches %d GPUs. A GPU needs"
                + " NVIDIA's driver, and Undertone built with Maven's profile cuda")
            .formatted(
                reachable == 0 ? "" : " or gpu:0 to gpu:" + (reachable - 1),
                device,
                version,
                reachable));
  }
}
