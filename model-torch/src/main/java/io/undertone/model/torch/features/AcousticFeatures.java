package io.undertone.model.torch.features;

import io.undertone.audio.Pcm;
import java.util.List;

/**
 * Features without a pretrained encoder: {@link StackedFeatures} as rows and {@link VoiceMeasures}
 * as statistics.
 */
public final class AcousticFeatures implements FeatureExtractor {

  @Override
  public int sampleRateHz() {
    return FrameFeatures.SAMPLE_RATE_HZ;
  }

  @Override
  public int width() {
    return StackedFeatures.WIDTH;
  }

  @Override
  public int statisticsWidth() {
    return VoiceMeasures.WIDTH;
  }

  @Override
  public List<UtteranceFeatures> extract(List<Pcm> utterances) {
    return utterances.stream().map(FrameFeatures::of).map(AcousticFeatures::of).toList();
  }

  private static UtteranceFeatures of(FrameFeatures frames) {
    return new UtteranceFeatures(StackedFeatures.of(frames), VoiceMeasures.of(frames));
  }

  @Override
  public void close() {}
}
