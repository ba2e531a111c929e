package io.undertone.dashboard.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Documents of the read API. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private Json() {}

  /** A document in one line. */
  public static String of(Object document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every document can be written", e);
    }
  }

  /**
   * Reads a document.
   *
   * @throws JsonProcessingException if it is none of the kind
   */
  public static <T> T read(String document, Class<T> kind) throws JsonProcessingException {
    return MAPPER.readValue(document, kind);
  }
}
