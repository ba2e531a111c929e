package io.undertone.model.torch.llama.config;

/**
 * How the frequencies of rotary positions change to extend the context, as Hugging Face
 * transformers computes it ({@code modeling_rope_utils}).
 */
public sealed interface RotaryScaling {

  /** The context of pretraining. */
  RotaryScaling NONE = new Linear(1);

  /** Radians between neighbouring positions of a pair, for sequences of some time. */
  double frequency(double theta, int pair, int headWidth, int time);

  /** Sequences of all times with the same result have the same frequencies. */
  default int variant(int time) {
    return 0;
  }

  private static double unscaled(double theta, int pair, int headWidth) {
    return Math.pow(theta, -2.0 * pair / headWidth);
  }

  /**
   * Position interpolation (Chen et al., arXiv 2306.15595): all positions lie closer together.
   *
   * @param factor at least 1
   */
  record Linear(double factor) implements RotaryScaling {

    @Override
    public double frequency(double theta, int pair, int headWidth, int time) {
      return unscaled(theta, pair, headWidth) / factor;
    }
  }

  /**
   * "Dynamic NTK": beyond the context of pretraining, theta grows with the length of the sequence.
   * In a batch of several rows, that of the longest one decides, as in transformers.
   *
   * @param factor at least 1
   * @param pretrainedPositions the context of pretraining
   */
  record DynamicNtk(double factor, int pretrainedPositions) implements RotaryScaling {

    @Override
    public double frequency(double theta, int pair, int headWidth, int time) {
      double growth = factor * variant(time) / pretrainedPositions - (factor - 1);
      double exponent = headWidth / (headWidth - 2.0);
      return unscaled(theta * Math.pow(growth, exponent), pair, headWidth);
    }

    @Override
    public int variant(int time) {
      return Math.max(time, pretrainedPositions);
    }
  }

  /**
   * Llama 3.1's scaling: long waves are stretched by the factor, short ones not at all, and those
   * between in part.
   *
   * @param factor at least 1
   * @param lowFrequencyFactor waves longer than the pretrained context divided by it are stretched
   * @param highFrequencyFactor waves shorter than the pretrained context divided by it are not;
   *     above the other
   * @param pretrainedPositions the context of pretraining
   */
  record Llama3(
      double factor, double lowFrequencyFactor, double highFrequencyFactor, int pretrainedPositions)
      implements RotaryScaling {

    public Llama3 {
      if (!(highFrequencyFactor > lowFrequencyFactor)) {
        throw new IllegalArgumentException(
            "high_freq_factor must be above low_freq_factor %s, but is %s"
                .formatted(lowFrequencyFactor, highFrequencyFactor));
      }
    }

    @Override
    public double frequency(double theta, int pair, int headWidth, int time) {
      double frequency = unscaled(theta, pair, headWidth);
      double wavesInContext = pretrainedPositions * frequency / (2 * Math.PI);
      double kept =
          (wavesInContext - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
      double share = Math.max(0, Math.min(1, kept));
      return share * frequency + (1 - share) * frequency / factor;
    }
  }
}
