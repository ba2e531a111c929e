package io.undertone.training.features;

import io.undertone.audio.Pcm;
import io.undertone.training.corpus.Clip;
import java.util.Objects;
import java.util.Random;

/**
 * Makes the {@link ClipVersion}s of a clip. Speaker and version decide voice and telephone line, so
 * that a memory can compare utterances; the clip decides noise and packet loss.
 *
 * @param seed of all draws
 */
public record ReceivedClip(long seed) {

  /**
   * A version of a clip.
   *
   * @param speech as recorded
   */
  public Pcm of(Clip clip, ClipVersion version, Pcm speech) {
    Random speaker = random(clip.speaker(), version);
    return switch (version) {
      case RECORDED -> speech;
      case TELEPHONE -> overLine(speech, clip, version, speaker);
      case OTHER_VOICE ->
          overLine(SpeedChange.draw(speaker).applyTo(speech), clip, version, speaker);
    };
  }

  private Pcm overLine(Pcm speech, Clip clip, ClipVersion version, Random speaker) {
    return TelephoneLine.draw(speaker).transmit(speech, random(clip.id(), version));
  }

  private Random random(String name, ClipVersion version) {
    return new Random(seed ^ Objects.hash(name, version.name()));
  }
}
