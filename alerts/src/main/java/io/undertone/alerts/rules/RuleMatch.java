package io.undertone.alerts.rules;

import io.undertone.schemas.EmotionEvent;
import java.util.List;
import java.util.Map;

/**
 * Where a rule looks.
 *
 * @param tenants empty for all
 * @param roles of the speaker; not empty
 * @param attributes values that the call must have, by name; empty for any
 */
public record RuleMatch(
    List<String> tenants, List<String> roles, Map<String, List<String>> attributes) {

  /** Whether the rule looks at this tenant and speaker at all. */
  public boolean watches(EmotionEvent event) {
    return watchesTenant(event) && roles.contains(event.getParticipantRole().name());
  }

  public boolean watchesTenant(EmotionEvent event) {
    return tenants.isEmpty() || tenants.contains(event.getTenant());
  }

  /** Whether the call has the attributes now; they may change. */
  public boolean hasAttributes(EmotionEvent event) {
    return attributes.entrySet().stream()
        .allMatch(
            wanted ->
                wanted
                    .getValue()
                    .contains(event.getAttributes().getOrDefault(wanted.getKey(), "")));
  }
}
