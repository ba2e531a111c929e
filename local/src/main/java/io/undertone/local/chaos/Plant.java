package io.undertone.local.chaos;

import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Errors that the events of a run can be given, to show that the comparison finds them. */
public enum Plant {
  /** None. */
  NOTHING {
    @Override
    void change(List<EmotionEvent> events) {}
  },
  /** An event never came. */
  LOST_EVENT {
    @Override
    void change(List<EmotionEvent> events) {
      String lost = events.get(secondUtterance(events)).getEventId();
      events.removeIf(event -> event.getEventId().equals(lost));
    }
  },
  /** A memory learned an utterance twice. */
  DOUBLE_UPDATE {
    @Override
    void change(List<EmotionEvent> events) {
      EmotionEvent learned = events.get(secondUtterance(events));
      for (int i = 0; i < events.size(); i++) {
        EmotionEvent event = events.get(i);
        if (isOfSameMemory(event, learned)
            && event.getUtteranceIndex() >= learned.getUtteranceIndex()) {
          events.set(
              i, EmotionEvent.newBuilder(event).setUpdateStep(event.getUpdateStep() + 1).build());
        }
      }
    }
  },
  /** Two utterances of a channel came in the wrong order. */
  SWAP {
    @Override
    void change(List<EmotionEvent> events) {
      int second = secondUtterance(events);
      for (int i = 0; i < second; i++) {
        if (isOfSameMemory(events.get(i), events.get(second))) {
          Collections.swap(events, i, second);
          return;
        }
      }
    }
  };

  abstract void change(List<EmotionEvent> events);

  /** The events with the error; those given stay as they are. */
  List<EmotionEvent> in(List<EmotionEvent> events) {
    List<EmotionEvent> changed = new ArrayList<>(events);
    change(changed);
    return changed;
  }

  /** Lower case, with dashes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isOfSameMemory(EmotionEvent event, EmotionEvent other) {
    return event.getKind() == EventKind.UTTERANCE
        && event.getConversationId().equals(other.getConversationId())
        && event.getChannel() == other.getChannel();
  }

  /** Place of the first event that is not its channel's first. */
  private static int secondUtterance(List<EmotionEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      EmotionEvent event = events.get(i);
      if (event.getKind() == EventKind.UTTERANCE && event.getUtteranceIndex() > 0) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "an error needs a channel with two utterances, but no channel has them");
  }
}
