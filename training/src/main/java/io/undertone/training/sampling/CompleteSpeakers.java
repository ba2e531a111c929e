package io.undertone.training.sampling;

import io.undertone.model.Emotion;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Speakers with clips of all four emotions. */
public final class CompleteSpeakers {

  private CompleteSpeakers() {}

  /**
   * The speakers.
   *
   * @param emotion of a clip; empty for clips that do not count
   */
  public static <T> Set<String> of(
      Collection<T> clips,
      Function<? super T, String> speaker,
      Function<? super T, Optional<Emotion>> emotion) {
    Map<String, Set<Emotion>> emotions =
        clips.stream()
            .collect(
                Collectors.groupingBy(
                    speaker,
                    Collectors.flatMapping(
                        clip -> emotion.apply(clip).stream(), Collectors.toSet())));
    emotions.values().removeIf(known -> known.size() < Emotion.values().length);
    return emotions.keySet();
  }
}
