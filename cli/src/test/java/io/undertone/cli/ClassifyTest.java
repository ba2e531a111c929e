package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyTest {
  private static final String CALL = CommandRun.CALLS.resolve("lost-parcel.flac").toString();

  @TempDir private Path directory;
  private String model = "";

  @BeforeEach
  void makeModel() throws IOException {
    model = CommandRun.modelIn(directory);
  }

  @Test
  void anUtteranceIsALineOfTheTable() {
    CommandRun run = classify(CALL);

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().get(0)).contains("begin", "end", "emotion", "happy", "neutral");
    assertThat(run.out()).anyMatch(line -> line.matches("lost-parcel +channel 1 +0:0[0-5].*"));
  }

  @Test
  void anEmptyLineSeparatesTables() {
    CommandRun run = classify(CALL, CALL);

    assertThat(run.out()).filteredOn(String::isEmpty).hasSize(1);
    assertThat(run.out()).last().asString().startsWith("lost-parcel");
  }

  @Test
  void anUtteranceIsAJsonObject() {
    List<JsonNode> utterances = json(CALL);

    assertThat(utterances).hasSizeGreaterThan(15);
    for (JsonNode utterance : utterances) {
      double sum = 0;
      double largest = 0;
      for (JsonNode probability : utterance.get("probabilities")) {
        sum += probability.asDouble();
        largest = Math.max(largest, probability.asDouble());
      }
      assertThat(utterance.get("confidence").asDouble()).isEqualTo(largest);
      assertThat(sum).isBetween(0.999, 1.001);
      assertThat(utterance.get("probabilitiesWithoutMemory").fieldNames())
          .toIterable()
          .containsExactly("happy", "sad", "angry", "neutral");
      assertThat(utterance.get("endOffsetMillis").asLong())
          .isGreaterThan(utterance.get("beginOffsetMillis").asLong());
      assertThat(utterance.get("file").asText()).isEqualTo(CALL);
      assertThat(utterance.get("modelVersion").asText()).isEqualTo("fake@fake-1");
    }
    for (int channel : List.of(0, 1)) {
      List<Integer> steps =
          utterances.stream()
              .filter(utterance -> utterance.get("channel").asInt() == channel)
              .map(utterance -> utterance.get("updateStep").asInt())
              .toList();
      assertThat(steps)
          .isNotEmpty()
          .isEqualTo(Stream.iterate(1, step -> step + 1).limit(steps.size()).toList());
    }
  }

  @Test
  void theTableEndsWithTheCharacteristicsOfTheCall() {
    CommandRun run = classify("--roles", "agent,customer", CALL);

    assertThat(run.out())
        .anyMatch(
            line -> line.matches("lost-parcel: overall \\w+; score \\d+ of 100; by quarter .*"));
    assertThat(run.out())
        .last()
        .asString()
        .matches(
            "lost-parcel: customer: talks \\d:\\d\\d\\.\\d, \\d\\.\\d syllables a second, -\\d+"
                + " dBFS");
  }

  @Test
  void theLastJsonObjectIsTheCallWithTheFieldNamesOfEvents() {
    List<JsonNode> utterances = json("--channels", "0,1", "--roles", "agent,customer", CALL);
    CommandRun run = classify("--json", "--channels", "0,1", "--roles", "agent,customer", CALL);

    JsonNode call = parse(run.out().get(run.out().size() - 1));

    assertThat(call.get("kind").asText()).isEqualTo("CONVERSATION");
    JsonNode characteristics = call.get("conversation");
    assertThat(characteristics.get("utterances").asInt()).isEqualTo(utterances.size());
    assertThat(characteristics.get("callScore").asDouble()).isBetween(0.0, 100.0);
    assertThat(characteristics.at("/talkTime/detailsByParticipant").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("AGENT", "CUSTOMER");
    assertThat(characteristics.at("/interruptions/totalCount").isInt()).isTrue();
    assertThat(characteristics.get("sentimentByQuarter")).hasSize(4);
  }

  @Test
  void anAgentIsRecognizedOnlyIfSelected() {
    assertThat(json("--roles", "customer,agent", CALL))
        .isNotEmpty()
        .allMatch(utterance -> utterance.get("participantRole").asText().equals("CUSTOMER"));
    assertThat(json("--roles", "customer,agent", "--channels", "1", CALL))
        .isNotEmpty()
        .allMatch(utterance -> utterance.get("participantRole").asText().equals("AGENT"));
  }

  @Test
  void aPriorOutOfRangeIsNamed() {
    CommandRun run = classify("--prior", "happy=0,sad=0.25,angry=0.25,neutral=0.5", CALL);

    assertThat(run.status()).isEqualTo(2);
    assertThat(String.join(" ", run.err()))
        .contains("--prior", "prior of happy must be above 0, but is 0.0");
  }

  @Test
  void aRoleForEachChannelIsWanted() {
    CommandRun run = classify("--roles", "customer", CALL);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).singleElement().asString().contains("--roles must name 2");
  }

  @Test
  void optionsThatLeaveNothingOrHaveNoEffectAreRefused() {
    assertUserError("select channels with --channels", "--roles", "agent,agent", CALL);
    assertUserError("--rate must be given with --g711", "--rate", "16000", CALL);
    assertUserError("G.711 without a header", "--g711", "mulaw", CALL);
    assertUserError("FILE must name a file", "");
  }

  private void assertUserError(String part, String... arguments) {
    CommandRun run = classify(arguments);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).singleElement().asString().contains(part);
  }

  @Test
  void eachFileIsACallOfItsOwn() throws IOException {
    Path copy = Files.copy(Path.of(CALL), directory.resolve("lost-parcel.flac"));

    List<JsonNode> twice = json(CALL, copy.toString());
    List<JsonNode> once = json(CALL);

    assertThat(twice).hasSize(2 * once.size());
    assertThat(twice.get(once.size()).get("probabilities"))
        .isEqualTo(once.get(0).get("probabilities"));
    assertThat(twice.get(once.size()).get("updateStep").asInt()).isEqualTo(1);
  }

  @Test
  void g711HasNoHeader() throws IOException {
    byte[] silenceOfMuLaw = new byte[8000];
    Arrays.fill(silenceOfMuLaw, (byte) 0xff);
    Path file = Files.write(directory.resolve("silence.ul"), silenceOfMuLaw);

    CommandRun run = classify("--g711", "mulaw", file.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("silence: no speech");
  }

  private CommandRun classify(String... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("classify", "--model", model), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private List<JsonNode> json(String... arguments) {
    CommandRun run =
        classify(Stream.concat(Stream.of("--json"), Stream.of(arguments)).toArray(String[]::new));
    assertThat(run.status()).isZero();
    return run.out().stream()
        .map(ClassifyTest::parse)
        .filter(line -> line.get("kind").asText().equals("UTTERANCE"))
        .toList();
  }

  private static JsonNode parse(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
