package io.undertone.training.tokenizer;

import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.TokenFeatures;
import io.undertone.model.torch.features.VoiceMeasures;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.ClipFeatures;
import io.undertone.training.features.FeatureAugmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Tokenizes the clips with the model's tokenizer. The cues of a training clip come from the
 * classifier that was trained without its speaker.
 *
 * @param trained the model's own
 */
public record ClipTokenizer(
    TrainedTokenizer trained, CrossFit crossFit, SoftTargets targets, ClipFeatures features) {

  /** Virtual voices of each training clip, beside the recorded one. */
  private static final int VIRTUAL_VOICES = 7;

  /** Tokenizes training clips in all their voices, and labelled development clips as recorded. */
  public TokenizedClips tokenize(List<Clip> clips, Random random, ProgressLog progress) {
    List<TokenizedClip> train = new ArrayList<>();
    List<TokenizedClip> dev = new ArrayList<>();
    int done = 0;
    for (Clip clip : clips) {
      progress.report("tokens", ++done, clips.size());
      if (clip.split() == Split.TRAIN) {
        train.add(tokenized(clip, inAllVoices(clip, random)));
      } else if (clip.split() == Split.DEV && clip.emotion().isPresent()) {
        dev.add(tokenized(clip, List.of(asRecorded(clip, trained))));
      }
    }
    return new TokenizedClips(train, dev);
  }

  private static TokenizedClip tokenized(Clip clip, List<ClipVariant> variants) {
    return new TokenizedClip(clip.speaker(), clip.emotion(), variants);
  }

  private List<ClipVariant> inAllVoices(Clip clip, Random random) {
    TrainedTokenizer classifying = crossFit.without(clip.speaker());
    List<ClipVariant> variants = new ArrayList<>();
    variants.add(asRecorded(clip, classifying));
    for (int voice = 0; voice < VIRTUAL_VOICES; voice++) {
      FrameFeatures varied = features.inVoice(clip, voice, random);
      TokenFeatures masked = FeatureAugmentation.masked(varied, random);
      variants.add(variant(clip, varied, masked, classifying));
    }
    return variants;
  }

  private ClipVariant asRecorded(Clip clip, TrainedTokenizer classifying) {
    FrameFeatures recorded = features.recorded(clip);
    return variant(clip, recorded, StackedFeatures.of(recorded), classifying);
  }

  private ClipVariant variant(
      Clip clip, FrameFeatures voice, TokenFeatures input, TrainedTokenizer classifying) {
    int[] codes = trained.tokenizer().encode(input);
    UtteranceCues cues =
        UtteranceCues.ofVoice(VoiceMeasures.of(voice))
            .classified(classifying.logProbabilities(input));
    return new ClipVariant(codes, cues, targets.of(clip.trainingLabel(), codes));
  }
}
