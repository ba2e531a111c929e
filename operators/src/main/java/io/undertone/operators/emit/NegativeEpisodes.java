package io.undertone.operators.emit;

import io.undertone.operators.state.TrajectoryPoint;
import io.undertone.schemas.NegativeEpisode;
import io.undertone.schemas.Sentiment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When callers became negative, and recovered. An episode begins with an utterance of negative
 * sentiment. It ends with the first utterance after it that is not negative and lasts: the
 * channel's next one, if there is one, is not negative either. Uncertain utterances do not count.
 */
final class NegativeEpisodes {

  private NegativeEpisodes() {}

  /**
   * The episodes of each channel, in the order of their begin.
   *
   * @param estimated utterances of callers, in the order of recognition
   */
  static List<NegativeEpisode> of(List<TrajectoryPoint> estimated, EmitOptions options) {
    List<TrajectoryPoint> certain =
        estimated.stream()
            .filter(point -> options.isCertain(Trajectories.estimate(point)))
            .toList();
    TreeSet<Integer> channels = new TreeSet<>();
    certain.forEach(point -> channels.add(point.getChannel()));
    List<NegativeEpisode> episodes = new ArrayList<>();
    for (int channel : channels) {
      addAll(episodes, certain.stream().filter(point -> point.getChannel() == channel).toList());
    }
    episodes.sort(Comparator.comparingLong(NegativeEpisode::getBeginOffsetMillis));
    return episodes;
  }

  private static void addAll(List<NegativeEpisode> episodes, List<TrajectoryPoint> channel) {
    NegativeEpisode open = null;
    for (int i = 0; i < channel.size(); i++) {
      TrajectoryPoint point = channel.get(i);
      boolean last = i + 1 == channel.size();
      if (open == null && isNegative(point)) {
        open = new NegativeEpisode(point.getBeginOffsetMs(), null);
        episodes.add(open);
      } else if (open != null && !isNegative(point) && (last || !isNegative(channel.get(i + 1)))) {
        open.setRecoveryOffsetMillis(point.getBeginOffsetMs());
        open = null;
      }
    }
  }

  private static boolean isNegative(TrajectoryPoint point) {
    return Sentiments.of(Trajectories.estimate(point).emotion()) == Sentiment.NEGATIVE;
  }

  /** Mean time from the begin of an episode to the recovery; null if no episode has one. */
  static @Nullable Long recoveryTimeMs(List<NegativeEpisode> episodes) {
    OptionalDouble mean =
        episodes.stream()
            .filter(episode -> episode.getRecoveryOffsetMillis() != null)
            .mapToLong(
                episode -> episode.getRecoveryOffsetMillis() - episode.getBeginOffsetMillis())
            .average();
    return mean.isPresent() ? Math.round(mean.getAsDouble()) : null;
  }
}
