package io.undertone.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry with the API of Confluent's: registers a schema, and gives the schema of an id.
 */
public final class SchemaRegistry {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final String HINT =
      "give %s or %s with the properties of Kafka's clients"
          .formatted(RegistryLogin.USER_INFO, RegistryLogin.TOKEN);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  private final @Nullable RegistryLogin login;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

  /**
   * A registry; nothing is sent yet.
   *
   * @param url of its API, such as {@code http://localhost:8081}
   * @param login null if everybody may use it
   * @throws IllegalArgumentException if it is no URL of http or https, or has credentials in it
   */
  public SchemaRegistry(String url, @Nullable RegistryLogin login) {
    if (!url.matches("https?://\\S+")) {
      throw new IllegalArgumentException(
          "a schema registry must be a URL of http or https, but is " + url);
    }
    if (url.matches("https?://[^/]*@.*")) {
      throw new IllegalArgumentException(
          "the URL of a schema registry must have no credentials, which others would see: " + HINT);
    }
    this.login = login;
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** The URL of its API, without a slash at the end. */
  public String url() {
    return url;
  }

  /** How to log in; null if everybody may use it. */
  public @Nullable RegistryLogin login() {
    return login;
  }

  /**
   * Registers a schema as the newest of a topic's values; the registry gives equal schemas one id.
   *
   * @throws SchemaRegistryException if the registry refuses it, or does not answer
   */
  public int register(String topic, Schema schema) throws SchemaRegistryException {
    String subject = URLEncoder.encode(topic + "-value", StandardCharsets.UTF_8);
    String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    JsonNode answer =
        answer(
            request("/subjects/" + subject + "/versions")
                .header("Content-Type", MEDIA_TYPE)
                .POST(BodyPublishers.ofString(body))
                .build());
    JsonNode id = answer.path("id");
    if (!id.isInt()) {
      throw new SchemaRegistryException(url + " must answer with an id, but with " + answer);
    }
    return id.intValue();
  }

  /**
   * The schema of an id; asks the registry once.
   *
   * @throws SchemaRegistryException if the registry has none, or does not answer
   */
  Schema schema(int id) throws SchemaRegistryException {
    Schema known = schemas.get(id);
    if (known == null) {
      JsonNode answer = answer(request("/schemas/ids/" + id).GET().build());
      try {
        known = new Schema.Parser().parse(answer.path("schema").asText());
      } catch (SchemaParseException e) {
        throw new SchemaRegistryException(
            "schema %d of %s must be of Avro, but is not".formatted(id, url), e);
      }
      schemas.put(id, known);
    }
    return known;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(TIMEOUT)
            .header("Accept", MEDIA_TYPE);
    return login == null ? request : request.header("Authorization", login.authorization());
  }

  private JsonNode answer(HttpRequest request) throws SchemaRegistryException {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 401 || response.statusCode() == 403) {
        throw new SchemaRegistryException(
            "%s refuses %s with status %d: %s"
                .formatted(
                    url,
                    login == null ? "requests without credentials" : login,
                    response.statusCode(),
                    login == null ? HINT : "check its value"));
      }
      if (response.statusCode() != 200) {
        throw new SchemaRegistryException(
            "%s %s must be answered with status 200, but with %d: %s"
                .formatted(
                    request.method(), request.uri(), response.statusCode(), response.body()));
      }
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new SchemaRegistryException(request.uri() + " must be answered with JSON", e);
    } catch (SchemaRegistryException e) {
      throw e;
    } catch (IOException e) {
      throw new SchemaRegistryException("no answer from the schema registry at " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SchemaRegistryException("interrupted while the registry was asked", e);
    }
  }
}
