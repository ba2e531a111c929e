package io.undertone.training.tokenizer;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.features.UtteranceFeatures;
import io.undertone.model.torch.tokenizer.UtteranceClassifier.Classified;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.ClipVersion;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.sampling.LabelTargets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokenizes clips with the model's tokenizer. The estimate among the cues of a labelled training
 * clip comes from the classifier that was trained without its speaker; that of everyday speech,
 * from which all classifiers learn, from the model's own.
 *
 * @param trained the model's own
 * @param targets of the labels
 */
public record ClipTokenizer(
    TrainedTokenizer trained, CrossFit crossFit, LabelTargets targets, FeatureStore features) {

  /** Tokenizes training clips in all their versions, and labelled development clips as recorded. */
  public TokenizedClips tokenize(List<Clip> clips, ProgressLog progress) {
    List<TokenizedClip> train = new ArrayList<>();
    List<TokenizedClip> dev = new ArrayList<>();
    List<EverydayClip> everyday = new ArrayList<>();
    int done = 0;
    for (Clip clip : clips) {
      progress.report("tokens", ++done, clips.size());
      if (clip.split() == Split.TRAIN && clip.weak().isPresent()) {
        everyday.add(everyday(clip, clip.weak().get()));
      } else if (clip.split() == Split.TRAIN) {
        train.add(tokenized(clip, FeatureStore.versions(clip), crossFit.without(clip.speaker())));
      } else if (clip.split() == Split.DEV && clip.emotion().isPresent()) {
        dev.add(tokenized(clip, List.of(ClipVersion.RECORDED), trained));
      }
    }
    return new TokenizedClips(train, dev, everyday);
  }

  private TokenizedClip tokenized(
      Clip clip, List<ClipVersion> versions, TrainedTokenizer classifying) {
    List<ClipVariant> variants =
        versions.stream()
            .map(version -> variant(clip, features.features(clip, version), classifying))
            .toList();
    return new TokenizedClip(clip.speaker(), clip.emotion(), variants);
  }

  private ClipVariant variant(
      Clip clip, UtteranceFeatures utterance, TrainedTokenizer classifying) {
    int[] codes = trained.network().encode(utterance.rows());
    Classified own = trained.classifier().classify(codes, utterance.statistics());
    Classified other = classifying.equals(trained) ? own : classifying.classify(utterance);
    return new ClipVariant(
        codes,
        UtteranceCues.ofVoice(own.voice()).classified(other.emotions()),
        new SoftTargets(targets).of(clip, own.logits()));
  }

  private EverydayClip everyday(Clip clip, EmotionEstimate target) {
    List<UtteranceCues> versions =
        FeatureStore.versions(clip).stream()
            .map(version -> trained.cues(features.features(clip, version)))
            .toList();
    return new EverydayClip(clip.speaker(), target, versions);
  }
}
