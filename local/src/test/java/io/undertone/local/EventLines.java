package io.undertone.local;

import io.undertone.schemas.EmotionEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** Recorded events: a file with one event a line, in Avro's JSON encoding. */
public final class EventLines {

  private EventLines() {}

  static void write(Path file, List<EmotionEvent> events) throws IOException {
    List<String> lines = new ArrayList<>();
    for (EmotionEvent event : events) {
      lines.add(toLine(event));
    }
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  public static List<EmotionEvent> read(Path file) throws IOException {
    List<EmotionEvent> events = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      events.add(ofLine(line));
    }
    return events;
  }

  private static String toLine(EmotionEvent event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(event.getSchema(), bytes);
    new SpecificDatumWriter<>(EmotionEvent.class).write(event, encoder);
    encoder.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static EmotionEvent ofLine(String line) throws IOException {
    return new SpecificDatumReader<>(EmotionEvent.class)
        .read(null, DecoderFactory.get().jsonDecoder(EmotionEvent.getClassSchema(), line));
  }
}
