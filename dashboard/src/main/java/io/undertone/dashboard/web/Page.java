package io.undertone.dashboard.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The files of the page, which the build has put beside the classes. */
final class Page {
  /** Addresses of the page's views: each is the same file. */
  static final List<String> VIEWS = List.of("/", "/call", "/history", "/wall");

  private static final String FOLDER = "/io/undertone/dashboard/page";
  private static final String INDEX = "/index.html";
  private static final Map<String, String> TYPES =
      Map.of(
          INDEX,
          "text/html; charset=utf-8",
          "/assets/dashboard.js",
          "text/javascript; charset=utf-8",
          "/assets/dashboard.css",
          "text/css; charset=utf-8",
          "/favicon.svg",
          "image/svg+xml");

  private final Map<String, byte[]> files;

  Page() {
    files = TYPES.keySet().stream().collect(Collectors.toMap(Function.identity(), Page::read));
  }

  /** Addresses of all files but the views. */
  static List<String> assets() {
    return TYPES.keySet().stream().filter(file -> !file.equals(INDEX)).sorted().toList();
  }

  void view(Context context) {
    send(context, INDEX);
  }

  void asset(Context context) {
    send(context, context.path());
  }

  private void send(Context context, String file) {
    byte[] content = files.get(file);
    String type = TYPES.get(file);
    if (content == null || type == null) {
      context.status(404);
      return;
    }
    // Asked for each time, answered with 304: a new version shows at once.
    context.header("Cache-Control", "no-cache").contentType(type).result(content);
  }

  private static byte[] read(String file) {
    try (InputStream in = Page.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the build must have put " + file + " beside the classes");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
