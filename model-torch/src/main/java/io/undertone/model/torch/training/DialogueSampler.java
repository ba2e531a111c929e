package io.undertone.model.torch.training;

import io.undertone.model.Emotion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Draws dialogues that never were from clips that are: one or two speakers of one corpus, whose
 * emotions move by {@link EmotionDynamics}.
 */
final class DialogueSampler {

  /** One side alone is what a job hears that listens to the customer only. */
  private static final double ONE_SIDED = 0.5;

  /** How often an utterance of none of the model's classes is said, by those who have some. */
  private static final double OTHER = 0.2;

  private final List<Speaker> speakers = new ArrayList<>();
  private final EmotionDynamics dynamics;

  /** A speaker and their clips by emotion. */
  private record Speaker(
      String name,
      String corpus,
      Map<Emotion, List<TokenizedClip>> clips,
      List<TokenizedClip> others) {}

  /** One side of a dialogue that is being drawn; no clip comes twice before all came once. */
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
  DialogueSampler(List<TokenizedClip> clips, EmotionDynamics dynamics) {
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
            speakers.add(
                new Speaker(
                    name,
                    name.substring(0, name.indexOf('/')),
                    byEmotion,
                    others.getOrDefault(name, List.of())));
          }
        });
    if (speakers.isEmpty()) {
      throw new TrainingException("no speaker has clips of all four emotions");
    }
  }

  /** Draws utterances until {@code enoughTokens} are there, at least one. */
  List<TokenizedClip> draw(int enoughTokens, Random random) {
    Side speaking = new Side(speakers.get(random.nextInt(speakers.size())));
    Side listening = random.nextDouble() < ONE_SIDED ? null : other(speaking, random);
    List<TokenizedClip> dialogue = new ArrayList<>();
    int tokens = 0;
    while (tokens < enoughTokens) {
      TokenizedClip clip = speaking.speak(listening == null ? null : listening.last, random);
      dialogue.add(clip);
      tokens += clip.takes().get(0).length + 1;
      if (listening != null && dynamics.turnPasses(random)) {
        Side before = speaking;
        speaking = listening;
        listening = before;
      }
    }
    return dialogue;
  }

  private Side other(Side side, Random random) {
    List<Speaker> others =
        speakers.stream()
            .filter(
                s ->
                    !s.name().equals(side.speaker.name())
                        && s.corpus().equals(side.speaker.corpus()))
            .toList();
    return new Side(others.isEmpty() ? side.speaker : others.get(random.nextInt(others.size())));
  }
}
