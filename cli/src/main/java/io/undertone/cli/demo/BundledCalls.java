package io.undertone.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFiles;
import io.undertone.cli.recording.Recording;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallRecording.Channel;
import io.undertone.operators.Conversation;
import io.undertone.schemas.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bundled calls: channel 0 is the customer, channel 1 the agent. The attributes of calls are in
 * {@value #ATTRIBUTES}, by the name of the call.
 */
public final class BundledCalls {
  private static final String ENDING = ".flac";
  private static final String ATTRIBUTES = "attributes.json";

  private BundledCalls() {}

  /** All calls in a folder, by name. */
  public static List<CallRecording> in(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IOException(folder + " must hold calls, but has no file *" + ENDING);
    }
    Map<String, Map<String, String>> attributes = attributes(folder.resolve(ATTRIBUTES));
    List<CallRecording> calls = new ArrayList<>();
    for (Path file : files) {
      calls.add(call(file, attributes.getOrDefault(Recording.nameOf(file), Map.of())));
    }
    return calls;
  }

  private static Map<String, Map<String, String>> attributes(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      return new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " must have an object of attributes for each call: " + e.getOriginalMessage(), e);
    }
  }

  private static CallRecording call(Path file, Map<String, String> attributes) throws IOException {
    List<Pcm> sides = AudioFiles.read(file);
    if (sides.size() != 2) {
      throw new IOException(file + " must have 2 channels, but has " + sides.size());
    }
    return new CallRecording(
        new Conversation(Recording.TENANT, Recording.nameOf(file)),
        List.of(new Channel(Role.CUSTOMER, sides.get(0)), new Channel(Role.AGENT, sides.get(1))),
        attributes);
  }
}
