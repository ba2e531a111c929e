package io.undertone.jobs;

import java.util.List;

/**
 * The identities of the operators in savepoints. If one changes, a restored job does not find the
 * operator's state; if one is reused, it finds another operator's.
 */
public final class OperatorUids {
  public static final String READ_AUDIO = "read-audio";
  public static final String READ_CONTROL = "read-control";
  public static final String DECODE_CONTROL = "decode-control";
  public static final String READ_ALERT_RULES = "read-alert-rules";
  public static final String DECODE_ALERT_RULES = "decode-alert-rules";
  public static final String DECODE = "decode";
  public static final String ORDER = "order";
  public static final String SEGMENT = "segment";
  public static final String RECOGNIZE = "recognize";
  public static final String EMIT = "emit";
  public static final String ALERT = "alert";
  public static final String GATHER_ALERTS = "gather-alerts";
  public static final String WRITE_EVENTS = "write-events";
  public static final String GATHER_DEAD_LETTERS = "gather-dead-letters";
  public static final String WRITE_DEAD_LETTERS = "write-dead-letters";
  public static final String WRITE_LATE = "write-late";
  public static final String WRITE_AUDIT = "write-audit";
  public static final String WRITE_ALERTS = "write-alerts";
  public static final String WRITE_CONTACT_LENS = "write-contact-lens";

  /** All of them, in the order of the data flow. */
  public static final List<String> ALL =
      List.of(
          READ_AUDIO,
          READ_CONTROL,
          DECODE_CONTROL,
          READ_ALERT_RULES,
          DECODE_ALERT_RULES,
          DECODE,
          ORDER,
          SEGMENT,
          RECOGNIZE,
          EMIT,
          ALERT,
          GATHER_ALERTS,
          WRITE_EVENTS,
          GATHER_DEAD_LETTERS,
          WRITE_DEAD_LETTERS,
          WRITE_LATE,
          WRITE_AUDIT,
          WRITE_ALERTS,
          WRITE_CONTACT_LENS);

  private OperatorUids() {}
}
