package io.undertone.dashboard.calls;

import io.undertone.schemas.EmotionEvent;
import java.util.HashMap;
import java.util.Map;

/** The attributes of a call in an event, such as its queue. */
final class Attributes {
  private Attributes() {}

  /** Empty if the event has none. */
  static Map<String, String> of(EmotionEvent event) {
    Map<String, String> attributes = new HashMap<>();
    // Values are not shared: nothing of a call stays when it is erased.
    event.getAttributes().forEach((name, value) -> attributes.put(Shared.text(name), value));
    return Map.copyOf(attributes);
  }
}
