package io.undertone.training.leaveout;

import io.undertone.model.EmotionEstimate;
import io.undertone.training.evaluation.Bootstrap;
import io.undertone.training.evaluation.ConfusionMatrix;
import io.undertone.training.evaluation.Interval;
import io.undertone.training.evaluation.Metrics;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The results on a corpus that was left out. Estimates are under a uniform prior.
 *
 * @param recorded of its clips as recorded, uncalibrated
 * @param recordedInterval of the UA, by speakers
 * @param telephone of its clips over telephone lines, uncalibrated
 * @param telephoneInterval of the UA, by speakers
 * @param genders UA of the clips as recorded by the gender of the speakers, where it is known
 * @param temperature found on the other corpora
 * @param calibrated as recorded, at that temperature
 * @param confident at that temperature
 * @param everyday at that temperature
 */
public record LeftOutResult(
    String corpus,
    Metrics recorded,
    Interval recordedInterval,
    Metrics telephone,
    Interval telephoneInterval,
    SortedMap<String, Double> genders,
    Temperature temperature,
    Metrics calibrated,
    Confident confident,
    EverydayShares everyday) {

  private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 1000);

  static LeftOutResult of(LeftOutCorpus corpus, Temperature temperature) {
    List<ClipEstimate> clips = corpus.clips();
    return new LeftOutResult(
        corpus.corpus(),
        metrics(clips, ClipEstimate::recorded),
        interval(clips, ClipEstimate::recorded),
        metrics(clips, ClipEstimate::telephone),
        interval(clips, ClipEstimate::telephone),
        genders(clips),
        temperature,
        metrics(clips, clip -> temperature.of(clip.recorded())),
        Confident.of(clips, temperature),
        EverydayShares.of(corpus.everyday(), temperature));
  }

  private static Metrics metrics(
      List<ClipEstimate> clips, Function<ClipEstimate, EmotionEstimate> estimate) {
    Metrics metrics = new Metrics();
    clips.forEach(clip -> metrics.add(clip.label(), estimate.apply(clip)));
    return metrics;
  }

  private static Interval interval(
      List<ClipEstimate> clips, Function<ClipEstimate, EmotionEstimate> estimate) {
    List<List<ClipEstimate>> speakers =
        List.copyOf(
            clips.stream()
                .collect(
                    Collectors.groupingBy(
                        clip -> clip.clip().speaker(), TreeMap::new, Collectors.toList()))
                .values());
    return BOOTSTRAP.interval(speakers, drawn -> unweightedAccuracy(drawn, estimate));
  }

  private static double unweightedAccuracy(
      List<List<ClipEstimate>> speakers, Function<ClipEstimate, EmotionEstimate> estimate) {
    ConfusionMatrix confusion = new ConfusionMatrix();
    for (List<ClipEstimate> speaker : speakers) {
      speaker.forEach(clip -> confusion.add(clip.label(), estimate.apply(clip).emotion()));
    }
    return confusion.unweightedAccuracy();
  }

  private static SortedMap<String, Double> genders(List<ClipEstimate> clips) {
    SortedMap<String, Double> accuracies = new TreeMap<>();
    clips.stream()
        .filter(clip -> !clip.clip().gender().isEmpty())
        .collect(Collectors.groupingBy(clip -> clip.clip().gender()))
        .forEach(
            (gender, spoken) ->
                accuracies.put(
                    gender, unweightedAccuracy(List.of(spoken), ClipEstimate::recorded)));
    return accuracies;
  }
}
