package io.undertone.operators.order;

import io.undertone.operators.state.CallOrder;
import org.apache.flink.streaming.api.TimerService;

/** The one timer of a call or of its tombstone, in processing time. */
final class CallTimer {

  private CallTimer() {}

  /** Sets the timer, in place of the one that was set. */
  static void set(CallOrder call, long timeMs, TimerService timers) {
    if (call.getTimerMs() > 0) {
      timers.deleteProcessingTimeTimer(call.getTimerMs());
    }
    timers.registerProcessingTimeTimer(timeMs);
    call.setTimerMs(timeMs);
  }

  static boolean isSetBefore(CallOrder call, long timeMs) {
    return call.getTimerMs() > 0 && call.getTimerMs() <= timeMs;
  }

  /**
   * Notes that a timer has fired; returns whether it is the one that was set. Former savepoints do
   * not tell.
   */
  static boolean fired(CallOrder call, long timerMs) {
    if (call.getTimerMs() != 0 && call.getTimerMs() != timerMs) {
      return false;
    }
    call.setTimerMs(0);
    return true;
  }
}
