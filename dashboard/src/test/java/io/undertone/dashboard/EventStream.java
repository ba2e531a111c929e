package io.undertone.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A connected reader of server-sent events. */
final class EventStream implements AutoCloseable {
  /** One event. */
  record Message(String event, String id, JsonNode data) {}

  private final Stream<String> lines;
  private final Iterator<String> iterator;

  private EventStream(Stream<String> lines) {
    this.lines = lines;
    this.iterator = lines.iterator();
  }

  static EventStream open(Rig rig, String... headers) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        rig.client()
            .send(
                rig.request("api/v1/stream", headers).header("Accept", "text/event-stream").build(),
                BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return new EventStream(response.body());
  }

  /** The next event. */
  Message next() {
    String event = "";
    String id = "";
    String data = "";
    while (true) {
      String line = iterator.next();
      if (line.startsWith("event: ")) {
        event = line.substring("event: ".length());
      } else if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        data = line.substring("data: ".length());
      } else if (line.isEmpty() && !data.isEmpty()) {
        return new Message(event, id, Rig.parse(data));
      }
    }
  }

  /** The next event that fits; waits for ever if none comes. */
  Message next(Predicate<Message> fits) {
    while (true) {
      Message message = next();
      if (fits.test(message)) {
        return message;
      }
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
