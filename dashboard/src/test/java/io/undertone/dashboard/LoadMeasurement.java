package io.undertone.dashboard;

import com.google.gson.JsonElement;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.undertone.dashboard.access.OpenAccess;
import io.undertone.dashboard.calls.WindowBounds;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.local.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures a dashboard in a JVM of its own, under live calls, with a browser that looks at them.
 * Arguments: calls, seconds. The last line of output is one JSON object.
 */
public final class LoadMeasurement {
  /** Notes for each event how old it is once it is painted, and the time between frames. */
  private static final String WATCH =
      """
      window.ages = []; window.frames = []; window.messages = 0;
      const add = EventSource.prototype.addEventListener;
      EventSource.prototype.addEventListener = function (name, listener) {
        add.call(this, name, message => {
          listener(message);
          const rows = JSON.parse(message.data).calls ?? [];
          window.messages++;
          requestAnimationFrame(() => setTimeout(() => {
            const now = Date.now();
            if (name === "delta") {
              rows.forEach(row => window.ages.push(now - row.lastNewsMs));
            }
          }));
        });
      };
      let last = performance.now();
      const frame = () => {
        const now = performance.now();
        window.frames.push(now - last);
        last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      """;

  private LoadMeasurement() {}

  /** The dashboard's own JVM. Arguments: bootstrap servers, port. */
  public static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws InterruptedException {
      Map<String, String> client = Map.of("bootstrap.servers", arguments[0]);
      try (Dashboard dashboard =
          Dashboard.start(
              new Dashboard.Settings(
                  "localhost",
                  Integer.parseInt(arguments[1]),
                  new OpenAccess(),
                  DashboardTopics.DEFAULT,
                  WindowBounds.DEFAULT,
                  client,
                  client,
                  null,
                  line -> {}))) {
        System.out.println(dashboard.address());
        Thread.currentThread().join();
      }
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int calls = Integer.parseInt(arguments[0]);
    Duration length = Duration.ofSeconds(Long.parseLong(arguments[1]));
    int port = FreePorts.pick(1).get(0);
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        EventTopic topic = EventTopic.create(kafka.bootstrapServers(), 2);
        Browsers browsers = new Browsers()) {
      LiveLoad load = new LiveLoad(topic, calls, Duration.ofMinutes(3));
      load.sendDue(System.currentTimeMillis());
      Process server = server(kafka.bootstrapServers(), port);
      try (Page page = browsers.page(ColorScheme.LIGHT, ReducedMotion.NO_PREFERENCE)) {
        awaitReady(port);
        page.addInitScript(WATCH);
        page.navigate("http://localhost:" + port + "/");
        page.locator("[role=row] .who a").first().waitFor();
        run(load, Duration.ofSeconds(10));
        page.evaluate("ages.length = frames.length = messages = 0");
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.send("Performance.enable");
        double busy = busyMs(devtools);
        Duration cpu = cpuOf(server);
        long begin = System.nanoTime();
        run(load, length);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cores = cpuOf(server).minus(cpu).toNanos() / 1e9 / seconds;
        double busyMs = busyMs(devtools) - busy;
        System.out.printf(
            "{\"calls\":%d,\"seconds\":%.0f,\"eventsShown\":%s,\"messages\":%s,\"ageMs\":%s,"
                + "\"frameIntervalMs\":%s,\"mainThreadMsPerFrame\":%.1f,"
                + "\"mainThreadMsPerMessage\":%.1f,\"serverCores\":%.2f,\"serverRssMb\":%d}%n",
            calls,
            seconds,
            page.evaluate("ages.length"),
            page.evaluate("messages"),
            quantiles(page, "ages"),
            quantiles(page, "frames"),
            busyMs / ((Number) page.evaluate("frames.length")).doubleValue(),
            busyMs / ((Number) page.evaluate("messages")).doubleValue(),
            cores,
            rssMb(server));
      } finally {
        server.destroy();
        server.waitFor();
      }
    }
  }

  private static void run(LiveLoad load, Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      load.sendDue(System.currentTimeMillis());
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** How long the page's main thread has been busy: script, style, layout and paint. */
  private static double busyMs(CDPSession devtools) {
    for (JsonElement metric : devtools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
        return 1000 * metric.getAsJsonObject().get("value").getAsDouble();
      }
    }
    throw new IllegalStateException("Chromium tells no TaskDuration");
  }

  private static String quantiles(Page page, String name) {
    return String.valueOf(
        page.evaluate(
            """
            name => {
              const sorted = [...window[name]].sort((a, b) => a - b);
              const at = share => +(sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
              return JSON.stringify({ p50: at(0.5), p95: at(0.95), p99: at(0.99) });
            }
            """,
            name));
  }

  private static Process server(String bootstrapServers, int port) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                bootstrapServers,
                String.valueOf(port)))
        .inheritIO()
        .start();
  }

  private static void awaitReady(int port) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/status")).build();
    Rig.await(
        "the server",
        () -> {
          try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
          } catch (IOException e) {
            return false;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Duration cpuOf(Process process) {
    return process.info().totalCpuDuration().orElseThrow();
  }

  private static long rssMb(Process process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no resident set size of process " + process.pid());
  }
}
