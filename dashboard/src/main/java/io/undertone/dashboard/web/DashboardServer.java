package io.undertone.dashboard.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseHandler;
import io.javalin.util.JavalinBindException;
import io.undertone.dashboard.access.Access;
import io.undertone.dashboard.access.AuditLog;
import io.undertone.dashboard.calls.CallWindow;
import io.undertone.dashboard.screens.ScreenHub;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.dashboard.topics.TopicFollower;
import io.undertone.dashboard.topics.TopicWriter;
import io.undertone.dashboard.view.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;

/** The HTTP server. */
public final class DashboardServer implements AutoCloseable {
  /** Where the API begins. */
  static final String API = "/api/v1";

  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE);

  private final Javalin javalin;

  private DashboardServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * A route of the API.
   *
   * @param open whether it needs no visitor
   */
  record Route(HandlerType method, String path, boolean open, Handler handler) {}

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @throws CannotListenException if another program listens on the port
   */
  public static DashboardServer start(
      String host,
      int port,
      Access access,
      AuditLog audit,
      CallWindow window,
      TopicFollower follower,
      ScreenHub screens,
      DashboardTopics topics,
      TopicWriter writer) {
    requireFree(host, port);
    ReadApi api = new ReadApi(window, follower, screens, audit);
    List<Route> routes =
        routes(
            api,
            new SessionApi(access),
            new FeedbackApi(window, new RecordStore(writer, topics.feedback())),
            new ResponseApi(window, new RecordStore(writer, topics.responses()), audit));
    Javalin javalin =
        Javalin.create(config -> configure(config, host, port, new Guard(access), routes));
    try {
      return new DashboardServer(javalin.start());
    } catch (JavalinBindException e) {
      throw new CannotListenException(host, port, e);
    }
  }

  /** Javalin would log an error beside the exception. */
  private static void requireFree(String host, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      // As Jetty does: connections of a server that has just ended do not matter.
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new CannotListenException(host, port, e);
    }
  }

  static List<Route> routes(
      ReadApi api, SessionApi session, FeedbackApi feedback, ResponseApi responses) {
    return List.of(
        new Route(HandlerType.GET, "/openapi.yaml", true, DashboardServer::openApi),
        new Route(HandlerType.GET, "/session", true, session::session),
        new Route(HandlerType.POST, "/session", true, session::logIn),
        new Route(HandlerType.DELETE, "/session", true, session::logOut),
        new Route(HandlerType.GET, "/ready", true, api::ready),
        new Route(HandlerType.GET, "/status", false, api::status),
        new Route(HandlerType.GET, "/snapshot", false, api::snapshot),
        new Route(HandlerType.GET, "/stream", false, new SseHandler(0, api::stream)),
        new Route(HandlerType.GET, "/call", false, api::call),
        new Route(HandlerType.GET, "/calls", false, api::calls),
        new Route(HandlerType.GET, "/trend", false, api::trend),
        new Route(HandlerType.POST, "/feedback", false, feedback::give),
        new Route(HandlerType.POST, "/alert-response", false, responses::respond));
  }

  public int port() {
    return javalin.port();
  }

  private static void configure(
      JavalinConfig config, String host, int port, Guard guard, List<Route> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.jetty.host = host;
    config.jetty.port = port;
    config.http.generateEtags = true;
    config.routes.before(guard::protect);
    Page page = new Page();
    Page.VIEWS.forEach(view -> config.routes.get(view, page::view));
    Page.assets().forEach(asset -> config.routes.get(asset, page::asset));
    for (Route route : routes) {
      Handler handler = route.open() ? route.handler() : guarded(guard, route.handler());
      config.routes.addHttpHandler(route.method(), API + route.path(), handler);
    }
    METHODS.forEach(
        method -> config.routes.addHttpHandler(method, "/api/*", DashboardServer::unknown));
    config.routes.exception(Problem.class, DashboardServer::answer);
  }

  private static void unknown(Context context) {
    throw new Problem(404, "the API has no %s %s".formatted(context.method(), context.path()));
  }

  private static Handler guarded(Guard guard, Handler handler) {
    return context -> {
      guard.authenticate(context);
      handler.handle(context);
    };
  }

  private static void answer(Problem problem, Context context) {
    context
        .status(problem.status())
        .contentType("application/json; charset=utf-8")
        .result(Json.of(new Problem.Document(String.valueOf(problem.getMessage()))));
  }

  private static void openApi(Context context) {
    try (InputStream in =
        Objects.requireNonNull(
            DashboardServer.class.getResourceAsStream("/io/undertone/dashboard/openapi.yaml"))) {
      context.contentType("application/yaml; charset=utf-8").result(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
