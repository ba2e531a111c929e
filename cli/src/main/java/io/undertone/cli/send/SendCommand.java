package io.undertone.cli.send;

import io.undertone.audio.codec.Codec;
import io.undertone.cli.recording.Recording;
import io.undertone.cli.recording.RecordingOptions;
import io.undertone.cli.recording.Side;
import io.undertone.cli.terminal.CommandFailedException;
import io.undertone.cli.terminal.KafkaOption;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallRecording.Channel;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplayReport;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.local.replay.ReplaySettings.Pace;
import io.undertone.operators.Conversation;
import io.undertone.operators.decode.ChunkRules;
import io.undertone.operators.decode.DecodeOptions;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a recording into a Kafka topic. */
@Command(
    name = "send",
    description = {
      "Plays a recording into a Kafka topic, as a telephone system would send a live call.",
      "The job analyses only customers by default: give each channel's role with --roles."
    })
public final class SendCommand implements Callable<Integer> {
  @Mixin private RecordingOptions recordings = new RecordingOptions();

  @Parameters(
      paramLabel = "FILE",
      description =
          "WAV or FLAC, any rate; audio of a rate that the codec or the job does not accept is"
              + " resampled to the next higher one that they do, or the highest.")
  private Path file = Path.of("");

  @Mixin private KafkaOption kafka = new KafkaOption();

  @Option(names = "--topic", description = "Topic of the audio (default: ${DEFAULT-VALUE}).")
  private String topic = TopicNames.DEFAULT.audioChunks();

  @Option(
      names = "--tenant",
      description = "Tenant of the call, without '/' (default: ${DEFAULT-VALUE}).")
  private String tenant = Recording.TENANT;

  @Option(
      names = "--conversation",
      paramLabel = "ID",
      description =
          "Conversation id (default: the file's name and the time). A call that has ended accepts"
              + " no more audio: each sending needs a new one.")
  private @Nullable String conversationId;

  @Option(
      names = "--attribute",
      paramLabel = "KEY=VALUE",
      description = "An attribute of the call, such as queue=billing; may be given several times.")
  private Map<String, String> attributes = new TreeMap<>();

  @Option(
      names = "--codec",
      description = "Codec of the audio: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private SendCodec codec = SendCodec.pcm;

  @Option(names = "--fast", description = "As fast as the broker accepts it, not in real time.")
  private boolean fast;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The codecs by the names of the option. */
  enum SendCodec {
    pcm(AudioCodec.PCM_S16LE),
    mulaw(AudioCodec.PCMU),
    alaw(AudioCodec.PCMA),
    opus(AudioCodec.OPUS);

    private final AudioCodec codec;

    Codec ofAudio() {
      return Codec.valueOf(codec.name());
    }

    SendCodec(AudioCodec codec) {
      this.codec = codec;
    }
  }

  @Override
  public Integer call() throws UserErrorException, CommandFailedException, InterruptedException {
    long nowMs = System.currentTimeMillis();
    Recording recording = recordings.read(file);
    CallRecording call = named(recording, nowMs);
    if (recording.sides().stream().allMatch(side -> side.role() == Role.UNKNOWN)) {
      spec.commandLine()
          .getErr()
          .println(
              "undertone: no roles given: by default the job ignores this call;"
                  + " use --roles customer,agent");
    }
    ReplaySettings settings =
        ReplaySettings.startingAt(nowMs)
            .withCodec(codec.codec)
            .withPace(fast ? Pace.FULL_SPEED : Pace.REAL_TIME);
    ReplayReport report = send(chunks(call, settings), settings);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %d chunks, %d bytes of audio sent to %s%n",
            call.conversation().conversationId(), report.chunks(), report.payloadBytes(), topic);
    return 0;
  }

  private CallRecording named(Recording recording, long nowMs) {
    String unique = recording.conversationId() + "-" + Long.toString(nowMs, Character.MAX_RADIX);
    String name = Objects.requireNonNullElse(conversationId, unique);
    return new CallRecording(
        new Conversation(tenant, name),
        recording.sides().stream().map(this::channel).toList(),
        attributes);
  }

  private Channel channel(Side side) {
    return new Channel(side.role(), SendRates.fitting(side.pcm(), codec.ofAudio()));
  }

  /** The chunks to send, each of them checked by the job's own rules. */
  private List<AudioChunk> chunks(CallRecording call, ReplaySettings settings)
      throws UserErrorException {
    List<AudioChunk> chunks = CallChunks.of(call, settings);
    ChunkRules rules = new ChunkRules(DecodeOptions.defaults());
    for (AudioChunk chunk : chunks) {
      Optional<String> violation = rules.violation(chunk);
      if (violation.isPresent()) {
        throw new UserErrorException(file + " cannot be sent: " + violation.get());
      }
    }
    return chunks;
  }

  private ReplayReport send(List<AudioChunk> chunks, ReplaySettings settings)
      throws UserErrorException, CommandFailedException, InterruptedException {
    Map<String, String> properties = kafka.properties();
    try (CallReplayer replayer =
        CallReplayer.connect(kafka.bootstrapServers(), topic, properties)) {
      return replayer.send(chunks, settings);
    } catch (TopicUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
