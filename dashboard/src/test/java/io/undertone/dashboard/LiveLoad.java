package io.undertone.dashboard;

import io.undertone.dashboard.access.OpenAccess;
import io.undertone.dashboard.calls.WindowBounds;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EmotionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Calls that go on, as many as wanted, on an embedded broker, with a dashboard: to look at it, and
 * to measure it. Arguments: calls, port.
 */
public final class LiveLoad {
  private static final String[] QUEUES = {"billing", "claims", "retention", "technical", "sales"};
  private static final List<String> EMOTIONS = List.of("happy", "sad", "angry", "neutral");
  private static final int MEAN_UTTERANCE_MS = 3000;
  private static final int MEAN_PAUSE_MS = 4000;
  private static final double ENDS = 0.01;
  private static final int ANGRY_UTTERANCES = 3;

  private final Random random = new Random(7);
  private final EventTopic topic;
  private final List<Line> lines = new ArrayList<>();
  private int started;

  /** A telephone line: when a call on it ends, another one begins. */
  private static final class Line {
    private String conversation = "";
    private String tenant = "";
    private long startMs;
    private long nextEndMs;
    private long beginMs;
    private int index;
    private int angry;
    private boolean alarmed;
    private String emotion = "";
    private double[] mood = {0, 0, 0, 2.5};
  }

  /**
   * @param back how long the first calls have been going on, at most
   */
  public LiveLoad(EventTopic topic, int calls, Duration back) {
    this.topic = topic;
    for (int i = 0; i < calls; i++) {
      Line line = new Line();
      start(line, System.currentTimeMillis() - random.nextLong(back.toMillis()));
      lines.add(line);
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    int calls = Integer.parseInt(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EventTopic topic = EventTopic.create(kafka.bootstrapServers(), 2);
        Dashboard dashboard =
            Dashboard.start(
                new Dashboard.Settings(
                    "localhost",
                    port,
                    new OpenAccess(),
                    DashboardTopics.DEFAULT,
                    WindowBounds.DEFAULT,
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    null,
                    line -> {}))) {
      System.out.println(dashboard.address() + " " + kafka.bootstrapServers());
      LiveLoad load = new LiveLoad(topic, calls, Duration.ofMinutes(1));
      while (!Thread.currentThread().isInterrupted()) {
        load.sendDue(System.currentTimeMillis());
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  /** Sends the utterances that have ended by now. */
  public void sendDue(long nowMs) {
    for (Line line : lines) {
      while (line.startMs + line.nextEndMs <= nowMs) {
        if (random.nextDouble() < ENDS) {
          topic.sendSoon(
              Events.end(
                  line.tenant,
                  line.conversation,
                  line.nextEndMs,
                  line.startMs,
                  EMOTIONS.get(random.nextInt(4))));
          start(line, nowMs);
        } else {
          EmotionEvent event = speak(line);
          topic.sendSoon(event);
          alarm(line, event);
        }
      }
    }
  }

  private void start(Line line, long startMs) {
    line.tenant = random.nextInt(4) == 0 ? "globex" : "acme";
    line.conversation = "call-%05d".formatted(started++);
    line.startMs = startMs;
    line.index = 0;
    line.angry = 0;
    line.alarmed = false;
    line.mood = new double[] {0, 0, random.nextInt(8) == 0 ? 3 : 0, 2.5};
    line.nextEndMs = 0;
    next(line);
  }

  /** Three angry utterances in a row raise an alert; one that is not angry resolves it. */
  private void alarm(Line line, EmotionEvent event) {
    boolean angry = "angry".equals(event.getEmotion()) && event.getConfidence() > 0.6;
    line.angry = angry ? line.angry + 1 : 0;
    if (line.angry == ANGRY_UTTERANCES) {
      topic.send(Events.alert(event, AlertState.FIRING));
      line.alarmed = true;
    } else if (!angry && line.alarmed) {
      topic.send(Events.alert(event, AlertState.RESOLVED));
      line.alarmed = false;
    }
  }

  private EmotionEvent speak(Line line) {
    double sum = 0;
    for (int i = 0; i < line.mood.length; i++) {
      line.mood[i] = Math.max(-1, 0.92 * line.mood[i] + 0.7 * random.nextGaussian());
      sum += Math.exp(1.4 * line.mood[i]);
    }
    Map<String, Float> probabilities = new HashMap<>();
    for (int i = 0; i < line.mood.length; i++) {
      probabilities.put(EMOTIONS.get(i), (float) (Math.exp(1.4 * line.mood[i]) / sum));
    }
    EmotionEvent event =
        Events.utterance(
            line.tenant,
            line.conversation,
            line.index,
            line.beginMs,
            line.nextEndMs,
            line.startMs,
            probabilities);
    event.setAttributes(Map.of("queue", queueOf(line.conversation)));
    event.setProbabilitiesWithoutMemory(blurred(probabilities));
    event.setShift(line.index > 0 && !event.getEmotion().equals(line.emotion));
    event.setPreviousEmotion(line.index == 0 ? null : line.emotion);
    line.emotion = event.getEmotion();
    line.index++;
    next(line);
    return event;
  }

  private void next(Line line) {
    line.beginMs = line.nextEndMs + 300 + random.nextInt(2 * MEAN_PAUSE_MS);
    line.nextEndMs = line.beginMs + 500 + random.nextInt(2 * MEAN_UTTERANCE_MS);
  }

  /** Less certain: halfway to knowing nothing. */
  private static Map<String, Float> blurred(Map<String, Float> probabilities) {
    Map<String, Float> blurred = new HashMap<>();
    probabilities.forEach((emotion, value) -> blurred.put(emotion, 0.125f + value / 2));
    return blurred;
  }

  /** The queue of a call, as an attribute would say. */
  static String queueOf(String conversation) {
    return QUEUES[Math.floorMod(conversation.hashCode(), QUEUES.length)];
  }
}
