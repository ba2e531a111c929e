package io.undertone.dashboard.web;

import io.javalin.http.sse.SseClient;
import io.undertone.dashboard.access.Visitor;
import io.undertone.dashboard.screens.Message;
import io.undertone.dashboard.screens.Screen;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/** A browser's stream of server-sent events, written by a thread of its own. */
final class SseScreen implements Screen {
  /** More messages than that, and the browser is too slow. */
  private static final int MOST_WAITING = 8;

  private final SseClient client;
  private final Visitor visitor;
  private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;

  private SseScreen(SseClient client, Visitor visitor) {
    this.client = client;
    this.visitor = visitor;
    this.writer = new Thread(this::write, "undertone-dashboard-screen");
    writer.setDaemon(true);
  }

  /** Keeps the client's request open until one side closes it. */
  static SseScreen open(SseClient client, Visitor visitor) {
    SseScreen screen = new SseScreen(client, visitor);
    client.keepAlive();
    screen.writer.start();
    return screen;
  }

  @Override
  public Visitor visitor() {
    return visitor;
  }

  @Override
  public boolean offer(Message message) {
    return waiting.offer(message);
  }

  @Override
  public boolean isClosed() {
    return client.terminated();
  }

  private void write() {
    try {
      while (!client.terminated()) {
        Message message = waiting.take();
        client.sendEvent(message.event(), message.data(), message.id());
      }
    } catch (InterruptedException | CancellationException e) {
      // close() ends the thread, also while it waits for the browser.
    } finally {
      client.close();
    }
  }

  @Override
  public void close() {
    client.close();
    writer.interrupt();
  }
}
