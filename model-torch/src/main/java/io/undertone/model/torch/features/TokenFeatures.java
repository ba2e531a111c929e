package io.undertone.model.torch.features;

/**
 * The input of the tokenizer's network: one row for each token.
 *
 * @param values (time, width), row by row
 * @param time number of rows, {@value #RATE_HZ} a second; 0 for a very short utterance
 */
public record TokenFeatures(float[] values, int time, int width) {

  public static final int RATE_HZ = 25;

  public TokenFeatures {
    if (values.length != time * width) {
      throw new IllegalArgumentException(
          "values must be %d times %d, but are %d".formatted(time, width, values.length));
    }
  }
}
