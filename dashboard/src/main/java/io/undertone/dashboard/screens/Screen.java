package io.undertone.dashboard.screens;

import io.undertone.dashboard.access.Visitor;

/** A connected browser. It takes messages at once or never: nobody waits for it. */
public interface Screen {

  Visitor visitor();

  /**
   * Queues a message.
   *
   * @return false if too many messages wait: the screen is too slow, and is closed
   */
  boolean offer(Message message);

  boolean isClosed();

  void close();
}
