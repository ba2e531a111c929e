package io.undertone.local.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests to Flink's REST interface, with JSON in both directions. */
final class FlinkRest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String BOUNDARY = "undertone-jar";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI address;

  FlinkRest(URI address) {
    this.address = address;
  }

  URI address() {
    return address;
  }

  JsonNode get(String path) throws ClusterException {
    return send(request(path).GET().build());
  }

  JsonNode post(String path, String json) throws ClusterException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  JsonNode patch(String path) throws ClusterException {
    return send(request(path).method("PATCH", BodyPublishers.noBody()).build());
  }

  JsonNode upload(String path, Path jar) throws ClusterException {
    String head =
        """
        --%s\r
        Content-Disposition: form-data; name="jarfile"; filename="%s"\r
        Content-Type: application/x-java-archive\r
        \r
        """
            .formatted(BOUNDARY, jar.getFileName());
    try {
      BodyPublisher body =
          BodyPublishers.concat(
              BodyPublishers.ofString(head),
              BodyPublishers.ofFile(jar),
              BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
      return send(
          request(path)
              .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
              .POST(body)
              .build());
    } catch (FileNotFoundException e) {
      throw new ClusterException("the job's jar " + jar + " is missing", e);
    }
  }

  static String runRequest(
      String job, String mainClass, List<String> arguments, @Nullable String savepoint) {
    ObjectNode request = MAPPER.createObjectNode();
    request.put("jobId", job);
    request.put("entryClass", mainClass);
    arguments.forEach(request.putArray("programArgsList")::add);
    if (savepoint != null) {
      request.put("savepointPath", savepoint);
    }
    return request.toString();
  }

  static String stopRequest(Path parent) {
    ObjectNode request = MAPPER.createObjectNode();
    request.put("targetDirectory", parent.toUri().toString());
    request.put("drain", false);
    return request.toString();
  }

  /** The innermost cause in an answer, which holds stack traces. */
  private static String reason(String answer) {
    String cause = "Caused by: ";
    String innermost = answer.substring(Math.max(0, answer.lastIndexOf(cause)));
    int end = innermost.indexOf("\\n");
    return end < 0 ? innermost : innermost.substring(0, end);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest request) throws ClusterException {
    String what = request.method() + " " + request.uri().getPath();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new ClusterException(
            "Flink refused %s with status %d: %s"
                .formatted(what, response.statusCode(), reason(response.body())));
      }
      return MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new ClusterException("Flink answered " + what + " with something else than JSON", e);
    } catch (IOException e) {
      throw new ClusterException("Flink did not answer " + what + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while Flink answered " + what, e);
    }
  }
}
