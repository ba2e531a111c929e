package io.undertone.dashboard;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.undertone.schemas.EmotionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes the pictures of the documentation. Arguments: the folder, and perhaps the address of a
 * dashboard; without one, made-up calls are shown.
 */
public final class Pictures {
  private static final int CALLS = 40;
  private static final Duration BACK = Duration.ofMinutes(4);
  private static final Duration DAY = Duration.ofHours(9);
  private static final Duration BETWEEN_CALLS = Duration.ofMinutes(4);

  private Pictures() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    try (Browsers browsers = new Browsers()) {
      if (arguments.length > 1) {
        shootAll(browsers, arguments[1], folder, "demo-");
      } else {
        shootMadeUpCalls(browsers, folder);
      }
    }
  }

  private static void shootMadeUpCalls(Browsers browsers, Path folder) {
    try (Rig rig = new Rig()) {
      sendTheDay(rig.events());
      LiveLoad load = new LiveLoad(rig.events(), CALLS, BACK);
      load.sendDue(System.currentTimeMillis());
      Rig.await("history", () -> rig.get("api/v1/status").statusCode() == 200);
      shootAll(browsers, rig.address(), folder, "");
    }
  }

  private static void shootAll(Browsers browsers, String address, Path folder, String prefix) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Page page = browsers.page(scheme)) {
        page.navigate(address);
        page.locator("[role=row] .who a").first().waitFor();
        shoot(page, folder, prefix + "live", scheme);
        page.locator("[role=row] .who a").first().click();
        page.locator(".span").first().waitFor();
        page.locator(".plot canvas").first().waitFor();
        page.mouse().move(0, 0);
        shoot(page, folder, prefix + "call", scheme);
        page.navigate(address + "wall");
        page.locator(".trend li").first().waitFor();
        shoot(page, folder, prefix + "wall", scheme);
        page.navigate(address + "history");
        page.locator("tbody tr").first().waitFor();
        shoot(page, folder, prefix + "history", scheme);
      }
    }
  }

  private static void shoot(Page page, Path folder, String view, ColorScheme scheme) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(
                folder.resolve(
                    "dashboard-" + view + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
  }

  /** Short calls over the day, more of them negative around noon. */
  private static void sendTheDay(EventTopic topic) {
    Random random = new Random(3);
    long now = System.currentTimeMillis();
    int calls = Math.toIntExact(DAY.dividedBy(BETWEEN_CALLS));
    for (int i = 0; i < calls; i++) {
      long start = now - DAY.toMillis() + i * BETWEEN_CALLS.toMillis();
      String conversation = "earlier-%03d".formatted(i);
      double negative = 0.15 + 0.3 * Math.sin(Math.PI * i / calls);
      for (int spoken = 0; spoken < 6; spoken++) {
        boolean bad = random.nextDouble() < negative;
        String emotion = bad ? (random.nextBoolean() ? "angry" : "sad") : "neutral";
        EmotionEvent event =
            Events.utterance(
                "acme",
                conversation,
                spoken,
                spoken * 9000L,
                spoken * 9000L + 4000,
                start,
                Events.mostly(emotion, 0.7));
        topic.sendSoon(event);
      }
      topic.send(Events.end("acme", conversation, 54_000, start, "neutral"));
    }
  }
}
