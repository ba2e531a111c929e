package io.undertone.cli.model;

import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.DeviceUnavailableException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option for the device that computes. */
public final class DeviceOption {

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      converter = Converter.class,
      description =
          "Device that computes: "
              + DeviceChoice.EXPECTED
              + " (default: ${DEFAULT-VALUE}). A GPU needs a build with Maven's profile cuda.")
  private DeviceChoice device = DeviceChoice.CPU;

  /** The device of the option, which is there. */
  public DeviceChoice device() throws UserErrorException {
    return here(device);
  }

  /** A device, checked to be there. */
  public static DeviceChoice here(DeviceChoice device) throws UserErrorException {
    try {
      device.requireHere();
      return device;
    } catch (DeviceUnavailableException e) {
      throw new UserErrorException("--" + e.getMessage(), e);
    }
  }

  private static final class Converter implements ITypeConverter<DeviceChoice> {

    @Override
    public DeviceChoice convert(String value) {
      try {
        return DeviceChoice.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
