package io.undertone.training.tokenizer;

import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.model.torch.features.StackedFeatures;
import io.undertone.model.torch.features.VoiceMeasures;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.features.FeatureAugmentation;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.features.VirtualVoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** The clips to learn from and to judge by, as the language model and the memory read them. */
public record TokenizedClips(List<TokenizedClip> train, List<TokenizedClip> dev) {

  /** Voices in which the language model learns each clip beside the true one. */
  private static final int VARIED_TAKES = 7;

  /**
   * Makes them. How a take is delivered is told by those who do not know its speaker.
   *
   * @param hearing of the model
   * @param strangers tell it of speakers to learn from
   */
  public static TokenizedClips of(
      List<Clip> clips,
      Hearing hearing,
      CrossFit strangers,
      WantedLabels wanted,
      FeatureStore store,
      long seed,
      ProgressLog progress) {
    TokenizedClips tokenized = new TokenizedClips(new ArrayList<>(), new ArrayList<>());
    Random random = new Random(seed);
    int done = 0;
    for (Clip clip : clips) {
      progress.report("tokens", ++done, clips.size());
      if (clip.split() == Split.TRAIN) {
        Hearing stranger = strangers.strangerTo(clip.speaker());
        List<Take> takes = new ArrayList<>();
        takes.add(asSaid(clip, hearing, stranger, wanted, store));
        for (int take = 0; take < VARIED_TAKES; take++) {
          FrameFeatures varied = varied(clip, take, store, seed, random);
          StackedFeatures heard = FeatureAugmentation.masked(varied, random);
          takes.add(take(clip, varied, heard, hearing, stranger, wanted));
        }
        tokenized.train.add(new TokenizedClip(clip.speaker(), clip.emotion(), takes));
      } else if (clip.split() == Split.DEV && clip.emotion().isPresent()) {
        List<Take> takes = List.of(asSaid(clip, hearing, hearing, wanted, store));
        tokenized.dev.add(new TokenizedClip(clip.speaker(), clip.emotion(), takes));
      }
    }
    return tokenized;
  }

  private static Take asSaid(
      Clip clip, Hearing hearing, Hearing stranger, WantedLabels wanted, FeatureStore store) {
    FrameFeatures said = store.get(clip.path());
    return take(clip, said, StackedFeatures.of(said), hearing, stranger, wanted);
  }

  private static Take take(
      Clip clip,
      FrameFeatures said,
      StackedFeatures heard,
      Hearing hearing,
      Hearing stranger,
      WantedLabels wanted) {
    int[] codes = hearing.tokenizer().encode(heard);
    UtteranceCues cues =
        UtteranceCues.ofVoice(VoiceMeasures.of(said)).classified(stranger.emotions(heard));
    return new Take(codes, cues, wanted.of(TokenizerTraining.label(clip), codes));
  }

  /**
   * A clip in one of the speaker's virtual voices, every second one behind one of their lines: all
   * clips of a speaker sound alike in a take.
   */
  private static FrameFeatures varied(
      Clip clip, int take, FeatureStore store, long seed, Random random) {
    VirtualVoice voice = VirtualVoice.draw(new Random(seed ^ Objects.hash(clip.speaker(), take)));
    FrameFeatures heard =
        take % 2 == 0
            ? store.get(clip.path())
            : store.behind(take / 2 % FeatureStore.LINES, clip.path());
    return FeatureAugmentation.vary(heard, voice, random);
  }
}
