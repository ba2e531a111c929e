package io.undertone.training.simulation;

import io.undertone.model.Emotion;
import io.undertone.training.TrainingException;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws dialogues that never were from clips that are: what a memory hears, one side of a call. Its
 * speaker's emotions move by {@link EmotionDynamics}, moved by those of another.
 */
public final class DialogueSampler {

  /** How often an utterance of none of the model's classes is said, by those who have some. */
  private static final double OTHER = 0.2;

  private final List<Speaker> speakers = new ArrayList<>();
  private final EmotionDynamics dynamics;

  /** A speaker and their clips by emotion. */
  private record Speaker(Map<Emotion, List<TokenizedClip>> clips, List<TokenizedClip> others) {}

  /** The side of a dialogue that is being drawn; no clip comes twice before all came once. */
  private final class Side {
    private final Speaker speaker;
    private final Map<Emotion, Deque<TokenizedClip>> left = new EnumMap<>(Emotion.class);
    private @Nullable Emotion last;

    Side(Speaker speaker) {
      this.speaker = speaker;
    }

    TokenizedClip speak(@Nullable Emotion other, Random random) {
      List<TokenizedClip> others = speaker.others();
      if (!others.isEmpty() && random.nextDouble() < OTHER) {
        return others.get(random.nextInt(others.size()));
      }
      Emotion emotion = dynamics.next(last, other, random);
      last = emotion;
      Deque<TokenizedClip> clips = left.computeIfAbsent(emotion, any -> new ArrayDeque<>());
      if (clips.isEmpty()) {
        List<TokenizedClip> shuffled = new ArrayList<>(speaker.clips().get(emotion));
        Collections.shuffle(shuffled, random);
        clips.addAll(shuffled);
      }
      return clips.removeFirst();
    }
  }

  /** Takes the speakers who have clips of every emotion. */
  public DialogueSampler(List<TokenizedClip> clips, EmotionDynamics dynamics) {
    this.dynamics = dynamics;
    Map<String, Map<Emotion, List<TokenizedClip>>> bySpeaker = new LinkedHashMap<>();
    Map<String, List<TokenizedClip>> others = new HashMap<>();
    for (TokenizedClip clip : clips) {
      Map<Emotion, List<TokenizedClip>> byEmotion =
          bySpeaker.computeIfAbsent(clip.speaker(), any -> new HashMap<>());
      List<TokenizedClip> alike =
          clip.emotion().isPresent()
              ? byEmotion.computeIfAbsent(clip.emotion().get(), any -> new ArrayList<>())
              : others.computeIfAbsent(clip.speaker(), any -> new ArrayList<>());
      alike.add(clip);
    }
    bySpeaker.forEach(
        (name, byEmotion) -> {
          if (byEmotion.size() == Emotion.values().length) {
            speakers.add(new Speaker(byEmotion, others.getOrDefault(name, List.of())));
          }
        });
    if (speakers.isEmpty()) {
      throw new TrainingException(
          "a speaker must have clips of all four emotions, but none of %s has"
              .formatted(bySpeaker.keySet()));
    }
  }

  /** Whether some speaker has clips of every emotion. */
  public static boolean canDraw(List<TokenizedClip> clips) {
    return clips.stream()
        .collect(
            Collectors.groupingBy(
                TokenizedClip::speaker,
                Collectors.flatMapping(
                    clip -> clip.emotion().stream(), Collectors.toCollection(HashSet::new))))
        .values()
        .stream()
        .anyMatch(emotions -> emotions.size() == Emotion.values().length);
  }

  /**
   * An utterance of the speaker who is heard.
   *
   * @param answered what the other one said last, if anything
   */
  public record Said(TokenizedClip clip, Optional<TokenizedClip> answered) {}

  /** Draws utterances of one speaker until {@code enoughTokens} are there, at least one. */
  public List<TokenizedClip> draw(int enoughTokens, Random random) {
    return drawAnswers(enoughTokens, random).stream().map(Said::clip).toList();
  }

  /** The same with what was said before. */
  public List<Said> drawAnswers(int enoughTokens, Random random) {
    Side heard = new Side(any(random));
    Side other = new Side(any(random));
    @Nullable TokenizedClip answered = null;
    List<Said> dialogue = new ArrayList<>();
    int tokens = 0;
    while (tokens < enoughTokens) {
      TokenizedClip clip = heard.speak(other.last, random);
      dialogue.add(new Said(clip, Optional.ofNullable(answered)));
      tokens += clip.takes().get(0).codes().length + 1;
      if (dynamics.turnPasses(random)) {
        do {
          answered = other.speak(heard.last, random);
        } while (!dynamics.turnPasses(random));
      }
    }
    return dialogue;
  }

  private Speaker any(Random random) {
    return speakers.get(random.nextInt(speakers.size()));
  }
}
