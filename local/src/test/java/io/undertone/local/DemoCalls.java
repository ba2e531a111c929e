package io.undertone.local;

import io.undertone.audio.Pcm;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.local.replay.CallRecording;
import io.undertone.operators.Conversation;
import io.undertone.schemas.Role;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The bundled calls: 8 kHz, channel 0 the customer, channel 1 the agent. */
public final class DemoCalls {
  public static final String TENANT = "demo";
  private static final Path DIRECTORY = Path.of("..", "demo", "calls");

  private DemoCalls() {}

  /** A bundled call with another conversation id. */
  public static CallRecording call(String file, String conversationId) throws AudioFileException {
    List<Pcm> sides = AudioFiles.read(DIRECTORY.resolve(file + ".flac"));
    return recording(conversationId, sides.get(0), sides.get(1));
  }

  /** The beginning of a call. */
  public static CallRecording beginOf(CallRecording call, int durationMs) {
    return recording(
        call.conversation().conversationId(),
        beginOf(call.channels().get(0).pcm(), durationMs),
        beginOf(call.channels().get(1).pcm(), durationMs));
  }

  private static CallRecording recording(String conversationId, Pcm customer, Pcm agent) {
    return new CallRecording(
        new Conversation(TENANT, conversationId),
        List.of(
            new CallRecording.Channel(Role.CUSTOMER, customer),
            new CallRecording.Channel(Role.AGENT, agent)));
  }

  private static Pcm beginOf(Pcm pcm, int durationMs) {
    int samples = Math.min(pcm.samples().length, durationMs * pcm.sampleRateHz() / 1000);
    return new Pcm(Arrays.copyOf(pcm.samples(), samples), pcm.sampleRateHz());
  }
}
