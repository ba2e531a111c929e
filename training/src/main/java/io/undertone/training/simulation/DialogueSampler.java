package io.undertone.training.simulation;

import io.undertone.model.Emotion;
import io.undertone.training.TrainingException;
import io.undertone.training.sampling.CompleteSpeakers;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws dialogues from single clips: one channel of a call, as a memory observes it. The emotions
 * of its speaker and of another one follow {@link EmotionDynamics}.
 */
public final class DialogueSampler {

  /** Share of utterances of none of the model's classes, for speakers who have such clips. */
  private static final double OTHER_LABELS = 0.2;

  private final List<Speaker> speakers = new ArrayList<>();
  private final EmotionDynamics dynamics;

  /**
   * A speaker's clips.
   *
   * @param clips by emotion
   * @param others of none of the model's classes
   */
  private record Speaker(Map<Emotion, List<TokenizedClip>> clips, List<TokenizedClip> others) {}

  /** One side of a dialogue being drawn; no clip of an emotion repeats before all were used. */
  private final class Side {
    private final Speaker speaker;
    private final Map<Emotion, Deque<TokenizedClip>> unused = new EnumMap<>(Emotion.class);
    private @Nullable Emotion last;

    Side(Speaker speaker) {
      this.speaker = speaker;
    }

    TokenizedClip speak(@Nullable Emotion other, Random random) {
      List<TokenizedClip> others = speaker.others();
      if (!others.isEmpty() && random.nextDouble() < OTHER_LABELS) {
        return others.get(random.nextInt(others.size()));
      }
      Emotion emotion = dynamics.next(last, other, random);
      last = emotion;
      Deque<TokenizedClip> clips = unused.computeIfAbsent(emotion, any -> new ArrayDeque<>());
      if (clips.isEmpty()) {
        List<TokenizedClip> shuffled = new ArrayList<>(speaker.clips().get(emotion));
        Collections.shuffle(shuffled, random);
        clips.addAll(shuffled);
      }
      return clips.removeFirst();
    }
  }

  /**
   * Uses the speakers who have clips of every emotion.
   *
   * @throws TrainingException if there is none
   */
  public DialogueSampler(List<TokenizedClip> clips, EmotionDynamics dynamics) {
    this.dynamics = dynamics;
    Map<String, Map<Emotion, List<TokenizedClip>>> bySpeaker = new LinkedHashMap<>();
    Map<String, List<TokenizedClip>> others = new HashMap<>();
    for (TokenizedClip clip : clips) {
      Map<Emotion, List<TokenizedClip>> byEmotion =
          bySpeaker.computeIfAbsent(clip.speaker(), any -> new HashMap<>());
      List<TokenizedClip> ofLabel =
          clip.emotion().isPresent()
              ? byEmotion.computeIfAbsent(clip.emotion().get(), any -> new ArrayList<>())
              : others.computeIfAbsent(clip.speaker(), any -> new ArrayList<>());
      ofLabel.add(clip);
    }
    Set<String> complete = complete(clips);
    bySpeaker.forEach(
        (name, byEmotion) -> {
          if (complete.contains(name)) {
            speakers.add(new Speaker(byEmotion, others.getOrDefault(name, List.of())));
          }
        });
    if (speakers.isEmpty()) {
      throw new TrainingException(
          "no speaker has clips of all four emotions: " + bySpeaker.keySet());
    }
  }

  /** Whether any speaker has clips of every emotion. */
  public static boolean canDraw(List<TokenizedClip> clips) {
    return !complete(clips).isEmpty();
  }

  private static Set<String> complete(List<TokenizedClip> clips) {
    return CompleteSpeakers.of(clips, TokenizedClip::speaker, TokenizedClip::emotion);
  }

  /**
   * Draws a dialogue's utterances of one channel.
   *
   * @param tokens least number of tokens in all
   */
  public List<SimulatedUtterance> draw(int tokens, Random random) {
    Side own = new Side(speaker(random));
    Side other = new Side(speaker(random));
    @Nullable TokenizedClip otherSide = null;
    List<SimulatedUtterance> dialogue = new ArrayList<>();
    int drawn = 0;
    while (drawn < tokens) {
      TokenizedClip clip = own.speak(other.last, random);
      dialogue.add(new SimulatedUtterance(clip, Optional.ofNullable(otherSide)));
      drawn += clip.recorded().codes().length + 1;
      if (dynamics.speakerChanges(random)) {
        do {
          otherSide = other.speak(own.last, random);
        } while (!dynamics.speakerChanges(random));
      }
    }
    return dialogue;
  }

  private Speaker speaker(Random random) {
    return speakers.get(random.nextInt(speakers.size()));
  }
}
