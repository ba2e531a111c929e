package io.undertone.cli.terminal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port to listen on from the command line; 0 means any free one. */
public final class PortConverter implements ITypeConverter<Integer> {
  private static final int HIGHEST = 65_535;

  @Override
  public Integer convert(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= HIGHEST) {
        return port;
      }
    } catch (NumberFormatException e) {
      // As a number out of bounds.
    }
    throw new TypeConversionException(
        "must be a port from 0 to %d, but is '%s'".formatted(HIGHEST, value));
  }
}
