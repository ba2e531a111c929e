package io.undertone.cli.model;

import io.undertone.model.EmotionPrior;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a prior from the command line. */
public final class PriorConverter implements ITypeConverter<EmotionPrior> {

  @Override
  public EmotionPrior convert(String value) {
    try {
      return EmotionPrior.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
