package io.undertone.model.torch.llama.config;

/**
 * Rotation angles: pair i of position p by {@code p / positionFactor · theta^(-2i / headWidth)}.
 *
 * @param positionFactor 1, or more for a context extended by linear scaling
 */
public record RotaryAngles(double theta, double positionFactor) {

  public double of(int position, int pair, int headWidth) {
    return position / positionFactor * Math.pow(theta, -2.0 * pair / headWidth);
  }
}
