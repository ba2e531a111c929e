package io.undertone.operators.alert;

import io.undertone.alerts.rules.Hearing;
import io.undertone.operators.Bounds;
import java.io.Serializable;

/**
 * How alerts are raised.
 *
 * @param rulesYaml the rules that apply unless the topic of rules changes them; must be valid
 * @param hearing what the job hears: rules of the topic that need more are refused
 * @param latenessMs how much later than its audio an event may come. The clock changes an alert
 *     only when no event can contradict it any more
 * @param silentEndMs how long a call had been silent that ended without its last chunk
 */
public record AlertOptions(String rulesYaml, Hearing hearing, long latenessMs, long silentEndMs)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public AlertOptions {
    Bounds.atLeast(0, "latenessMs", latenessMs);
    Bounds.atLeast(1, "silentEndMs", silentEndMs);
  }
}
