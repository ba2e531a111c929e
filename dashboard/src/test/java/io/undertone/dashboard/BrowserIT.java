package io.undertone.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.undertone.dashboard.access.OpenAccess;
import io.undertone.dashboard.access.TokenAccess;
import io.undertone.dashboard.topics.DashboardTopics;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page in a real browser. Each test has a tenant of its own, by which it filters. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BrowserIT {
  private static final List<String> VIEWS = List.of("", "wall", "history", "call");

  private Rig rig = new Rig();
  private Browsers browsers = new Browsers();

  @BeforeAll
  void awaitHistory() {
    Rig.await("the history", () -> rig.get("api/v1/status").statusCode() == 200);
  }

  @AfterAll
  void close() {
    browsers.close();
    rig.close();
  }

  @Test
  void callsAppearMoveAndRaiseAnAlert() {
    try (Page page = browsers.page()) {
      page.navigate(rig.address());
      rig.events()
          .send(spoken("moves", "first", 0, "angry"), spoken("moves", "second", 0, "happy"));
      page.getByLabel("Tenant").selectOption("moves");
      Locator names = page.locator("[role=row] .who a");
      assertThat(names).hasText(new String[] {"first", "second"});
      assertThat(line(page, "moves/first").locator(".emotion-now")).containsText("Angry");

      for (int i = 1; i < 4; i++) {
        rig.events().send(spoken("moves", "first", i, "happy"));
        rig.events().send(spoken("moves", "second", i, "angry"));
      }
      assertThat(names).hasText(new String[] {"second", "first"});
      assertThat(line(page, "moves/second")).hasClass(Pattern.compile("level-high"));

      rig.events().send(Events.alert(spoken("moves", "first", 3, "happy"), AlertState.FIRING));
      assertThat(line(page, "moves/first").locator(".alert-badge")).hasText("SustainedAnger");
    }
  }

  @Test
  void filtersShowSomeCallsOnly() {
    EmotionEvent billing = spoken("filters", "billed", 0, "sad");
    billing.setAttributes(Map.of("queue", "f-billing"));
    EmotionEvent claims = spoken("filters", "claimed", 0, "angry");
    claims.setAttributes(Map.of("queue", "f-claims"));
    rig.events().send(billing, claims);
    try (Page page = browsers.page()) {
      page.navigate(rig.address());
      page.getByLabel("Tenant").selectOption("filters");
      Locator names = page.locator("[role=row] .who a");
      assertThat(names).hasText(new String[] {"claimed", "billed"});

      page.getByLabel("Queue").selectOption("f-billing");
      assertThat(names).hasText(new String[] {"billed"});
      page.getByLabel("Emotion").selectOption("angry");
      assertThat(page.locator(".nothing")).containsText("No call fits");
      page.getByText("Clear filters").click();
      page.getByLabel("Tenant").selectOption("filters");
      page.getByLabel("Emotion").selectOption("angry");
      assertThat(names).hasText(new String[] {"claimed"});
    }
  }

  @Test
  void aLinkHasTheFiltersAndTheAddressFollowsThem() {
    EmotionEvent sad = spoken("links", "linked", 0, "sad");
    sad.setAttributes(Map.of("queue", "billing & returns"));
    rig.events().send(sad, spoken("links", "other", 0, "angry"));
    try (Page page = browsers.page();
        Page shared = browsers.page()) {
      page.navigate(rig.address());
      page.getByLabel("Tenant").selectOption("links");
      page.getByLabel("Queue").selectOption("billing & returns");
      assertThat(page).hasURL(Pattern.compile("\\?tenant=links&queue=billing\\+%26\\+returns$"));

      shared.navigate(page.url());
      Locator names = shared.locator("[role=row] .who a");
      assertThat(names).hasText(new String[] {"linked"});
      assertThat(shared.getByLabel("Queue")).hasValue("billing & returns");
      names.click();
      shared.locator(".call-title a").click();
      assertThat(names).hasText(new String[] {"linked"});
      assertThat(shared).hasURL(page.url());

      shared.getByText("Clear filters").click();
      assertThat(shared).hasURL(rig.address());
    }
  }

  @Test
  void aLinkHasTheFiltersOfTheHistory() {
    EmotionEvent sad = spoken("past", "sought", 0, "sad");
    sad.setAttributes(Map.of("queue", "h-billing"));
    rig.events()
        .send(
            sad,
            spoken("past", "sought-too", 0, "angry"),
            spoken("past", "other", 0, "sad"),
            Events.end("past", "sought", 60_000, System.currentTimeMillis(), "sad"));
    try (Page page = browsers.page();
        Page shared = browsers.page()) {
      page.navigate(rig.address() + "history");
      page.getByLabel("Tenant").selectOption("past");
      page.getByLabel("Conversation or attribute").fill("sought");
      Locator names = page.locator("tbody a");
      assertThat(names).hasCount(2);
      page.getByLabel("State").selectOption("false");
      assertThat(names).hasText(new String[] {"sought"});
      assertThat(page).hasURL(rig.address() + "history?text=sought&tenant=past&live=false");

      shared.navigate(page.url());
      Locator found = shared.locator("tbody a");
      assertThat(found).hasText(new String[] {"sought"});
      assertThat(shared.getByLabel("Conversation or attribute")).hasValue("sought");
      assertThat(shared.getByLabel("Tenant")).hasValue("past");
      found.click();
      shared.locator(".call-title a").click();
      assertThat(found).hasText(new String[] {"sought"});
      assertThat(shared).hasURL(page.url());
    }
  }

  @Test
  void aCallOfAnHourIsZoomedAndScrolled() {
    for (int i = 0; i < 240; i++) {
      rig.events().sendSoon(spokenAt("hour", "long", i, i * 15_000L, "neutral"));
    }
    rig.events().send(spokenAt("hour", "long", 240, 3_600_000, "angry"));
    try (Page page = browsers.page()) {
      page.navigate(rig.address() + "call?tenant=hour&conversation=long");
      assertThat(page.locator(".span")).hasCount(241);
      Locator part = page.locator(".zoom [role=status]");
      assertThat(part).hasText("0:00 – 1:00:03");
      assertThat(page.getByLabel("Begin of the part")).hasCount(0);

      for (int i = 0; i < 4; i++) {
        page.getByLabel("Zoom in").click();
      }
      assertThat(part).hasText("28:08 – 31:54");
      assertThat(page.locator(".span")).hasCount(15);
      double width = page.locator(".span").nth(3).boundingBox().width;
      assertThat(width).isGreaterThan(8);

      page.locator(".span").first().click();
      page.keyboard().press("End");
      assertThat(part).hasText("56:17 – 1:00:03");
      assertThat(page.locator(".span[aria-pressed=true]")).isFocused();
      assertThat(page.getByLabel("Begin of the part")).hasValue("3377.8125");

      page.getByLabel("Begin of the part").focus();
      page.keyboard().press("Home");
      assertThat(part).hasText("0:00 – 3:45");
      page.locator(".span").first().click();
      page.keyboard().press("0");
      assertThat(page.locator(".span")).hasCount(241);
    }
  }

  @Test
  void anEndedCallSaysHowItWent() {
    rig.events()
        .send(
            spoken("ended", "over", 0, "angry"),
            Events.end("ended", "over", 60_000, System.currentTimeMillis(), "angry"));
    try (Page page = browsers.page()) {
      page.navigate(rig.address() + "call?tenant=ended&conversation=over");
      Locator panel =
          page.locator("section", new Page.LocatorOptions().setHasText("How the call went"));

      assertThat(panel).containsText("38 of 100");
      assertThat(panel).containsText("Agent 2×, Customer 1×");
      assertThat(panel).containsText("0:18, 4.3 syllables/s, −21 dBFS");
      assertThat(panel).containsText("after 0:41");
    }
  }

  @Test
  void aCallDrawsItsTimelineAndKeysStepThroughIt() {
    EmotionEvent first = spoken("timeline", "told", 0, "happy");
    first.setProbabilitiesWithoutMemory(Events.mostly("neutral", 0.5));
    rig.events()
        .send(
            first,
            spoken("timeline", "told", 1, "neutral"),
            spoken("timeline", "told", 2, "angry"));
    try (Page page = browsers.page()) {
      page.navigate(rig.address());
      page.getByLabel("Tenant").selectOption("timeline");
      page.getByText("told").click();

      assertThat(page.locator(".span")).hasCount(3);
      Locator panel = page.locator(".utterance");
      assertThat(panel).containsText("Utterance 3 of 3");
      for (String emotion : List.of("happy", "neutral", "angry")) {
        Rig.await("an area for " + emotion, () -> isDrawn(page, emotion));
      }

      page.locator(".span[aria-pressed=true]").focus();
      page.keyboard().press("ArrowLeft");
      assertThat(panel).containsText("Utterance 2 of 3");
      page.keyboard().press("Home");
      assertThat(panel).containsText("Utterance 1 of 3");
      assertThat(panel.locator(".bar-mark")).hasCount(4);
      assertThat(page.locator(".span[aria-pressed=true]")).isFocused();

      page.getByText("Without memory").first().click();
      assertThat(page.locator(".switch [aria-pressed=true]")).hasText("Without memory");
      Rig.await("no area for angry", () -> !isDrawn(page, "angry"));

      rig.events().send(spoken("timeline", "told", 3, "sad"));
      assertThat(page.locator(".span")).hasCount(4);
    }
  }

  @Test
  void theChartsOfALiveCallGrowWithIt() {
    rig.events().send(spoken("grows", "long", 0, "happy"));
    try (Page page = browsers.page()) {
      page.navigate(rig.address() + "call?tenant=grows&conversation=long");
      page.locator(".plot canvas").first().waitFor();
      Rig.await("an area for happy", () -> isDrawn(page, "happy"));

      // From 16 s on, beyond the ten seconds that the chart began with.
      for (int i = 4; i < 10; i++) {
        rig.events().send(spoken("grows", "long", i, "angry"));
      }
      Rig.await("an area for angry", () -> isDrawn(page, "angry"));
    }
  }

  @Test
  void theWayBackLeadsToWhereACallWasOpened() {
    rig.events().send(spoken("origin", "found", 0, "happy"));
    try (Page page = browsers.page()) {
      page.navigate(rig.address() + "history");
      page.getByText("found").click();
      Locator back = page.locator(".call-title a");

      assertThat(back).hasText("← History");
      assertThat(page.locator("nav [aria-current]")).hasText("History");
      back.click();
      assertThat(page.locator("h1")).hasText("History");
    }
  }

  @Test
  void theHeaderFitsSmallScreens() {
    try (Page page = browsers.page()) {
      page.setViewportSize(360, 700);
      page.navigate(rig.address());
      page.locator(".connection-live").waitFor();

      assertThat((Integer) page.evaluate("document.querySelector('.header').scrollWidth"))
          .isLessThanOrEqualTo(360);
    }
  }

  @Test
  void anErasedCallVanishesFromAllScreens() {
    rig.events().send(spoken("erased", "secret", 0, "sad"), spoken("erased", "other", 0, "sad"));
    try (Page list = browsers.page();
        Page call = browsers.page()) {
      list.navigate(rig.address());
      list.getByLabel("Tenant").selectOption("erased");
      assertThat(list.locator("[role=row] .who a")).hasCount(2);
      call.navigate(rig.address() + "call?tenant=erased&conversation=secret");
      assertThat(call.locator(".span")).hasCount(1);

      rig.events().send(Events.erased("erased", "secret"));

      assertThat(list.locator("[role=row] .who a")).hasText(new String[] {"other"});
      assertThat(call.locator("main")).containsText("was erased on request");
      assertThat(call.locator(".span")).hasCount(0);
      call.reload();
      assertThat(call.locator("main")).containsText("No such call");
    }
  }

  @Test
  void aLostConnectionIsSaidAndTakenUpAgain() {
    rig.events().send(spoken("lost", "before", 0, "sad"));
    try (Page page = browsers.page()) {
      page.navigate(rig.address());
      page.getByLabel("Tenant").selectOption("lost");
      Locator names = page.locator("[role=row] .who a");
      assertThat(names).hasText(new String[] {"before"});
      int port = URI.create(rig.address()).getPort();

      rig.stop();
      assertThat(page.locator(".note-lost")).containsText("Connection lost");
      assertThat(names).hasText(new String[] {"before"});
      rig.events().send(spoken("lost", "meanwhile", 0, "angry"));
      rig.startAgain(port, new OpenAccess());

      assertThat(names).hasText(new String[] {"meanwhile", "before"});
      assertThat(page.locator(".note-lost")).hasCount(0);
      rig.events().send(spoken("lost", "after", 0, "happy"));
      assertThat(names).hasText(new String[] {"meanwhile", "before", "after"});
    }
  }

  @Test
  void aWrongLabelIsReported() {
    rig.events().send(spoken("feedback", "wrong", 0, "angry"));
    try (Page page = browsers.page()) {
      page.navigate(rig.address() + "call?tenant=feedback&conversation=wrong");
      page.getByLabel("You hear something else?").selectOption("happy");
      page.getByText("This label is wrong").click();

      assertThat(page.locator(".feedback")).hasText("Noted. Thank you.");
      assertThat(rig.feedback())
          .anyMatch(
              feedback ->
                  feedback.getConversationId().equals("wrong")
                      && "happy".equals(feedback.getRightEmotion()));
    }
  }

  @Test
  void anAlertIsTakenOnOneScreenAndShownOnAll() {
    EmotionEvent event = spoken("respond", "alarming", 0, "angry");
    rig.events().send(event, spoken("respond", "calm", 0, "sad"));
    rig.events().send(Events.alert(event, AlertState.FIRING));
    try (Page page = browsers.page();
        Page list = browsers.page();
        Page wall = browsers.page()) {
      list.navigate(rig.address() + "?tenant=respond");
      wall.navigate(rig.address() + "wall");
      page.navigate(rig.address() + "call?tenant=respond&conversation=alarming");
      Locator badge = line(list, "respond/alarming").locator(".alert-badge");
      assertThat(badge).hasText("SustainedAnger");
      int counted = alertsOn(wall);
      assertThat(page.locator(".response button")).hasText(new String[] {"Take it", "Acknowledge"});
      int needBefore = need(list);

      page.getByLabel("Take it: SustainedAnger").focus();
      page.keyboard().press("Enter");

      assertThat(page.locator(".response [role=status]")).containsText("Taken by local");
      assertThat(page.locator(".response button")).hasText(new String[] {"Release"});
      assertThat(badge).hasText("SustainedAnger, taken by local");
      Rig.await("a lower need", () -> need(list) < needBefore);
      Rig.await("the wall's count", () -> alertsOn(wall) == counted - 1);

      page.getByLabel("Release: SustainedAnger").click();
      assertThat(badge).hasText("SustainedAnger");
      assertThat(page.locator(".response button")).hasCount(2);
    }
  }

  private static int need(Page list) {
    return Integer.parseInt(line(list, "respond/alarming").locator(".need-score").innerText());
  }

  private static int alertsOn(Page wall) {
    return Integer.parseInt(wall.locator(".figure strong").nth(3).innerText());
  }

  @Test
  void withoutItsTopicFeedbackIsNotOffered() {
    rig.events().send(spoken("feedback", "mute", 0, "angry"));
    rig.restart(
        new DashboardTopics(EventTopic.NAME, EventTopic.ALERTS, "no-such-topic", "none-either"));
    try (Page page = browsers.page()) {
      awaitHistory();
      page.navigate(rig.address() + "call?tenant=feedback&conversation=mute");

      assertThat(page.locator(".feedback")).containsText("create the feedback topic");
      assertThat(page.getByText("This label is wrong")).hasCount(0);
    } finally {
      rig.restart(DashboardTopics.DEFAULT);
      awaitHistory();
    }
  }

  @Test
  void aTokenLetsIn(@TempDir Path folder) throws IOException {
    String hash = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    rig.restart(
        TokenAccess.read(Files.writeString(folder.resolve("users"), "anna " + hash + " login")));
    rig.events().send(spoken("login", "hers", 0, "sad"), spoken("others", "theirs", 0, "sad"));
    try (Page page = browsers.page()) {
      page.navigate(rig.address());
      page.getByLabel("Token").fill("wrong");
      page.getByLabel("Token").press("Enter");
      assertThat(page.locator("[role=alert]")).hasText("This token is unknown.");
      page.getByLabel("Token").fill("a");
      page.getByLabel("Token").press("Enter");

      assertThat(page.locator("[role=row] .who a")).hasText(new String[] {"hers"});
    } finally {
      rig.restart(new OpenAccess());
      awaitHistory();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void axeFindsNothingInAnyView(ColorScheme scheme) {
    for (String emotion : List.of("happy", "sad", "angry", "neutral")) {
      EmotionEvent event = spoken("axe", "a-" + emotion, 0, emotion);
      event.setAttributes(Map.of("queue", "axe"));
      event.setProbabilitiesWithoutMemory(Events.mostly("neutral", 0.5));
      rig.events().send(event);
    }
    EmotionEvent event = spoken("axe", "a-angry", 0, "angry");
    rig.events().send(Events.alert(event, AlertState.FIRING));
    Rig.await("the alert", () -> rig.call("axe", "a-angry").at("/row/alerts").size() == 1);
    rig.events()
        .send(
            spoken("axe", "ended", 0, "sad"),
            Events.end("axe", "ended", 60_000, System.currentTimeMillis(), "sad"));
    try (Page page = browsers.page(scheme)) {
      for (String view : VIEWS) {
        page.navigate(
            rig.address() + view + (view.equals("call") ? "?tenant=axe&conversation=a-angry" : ""));
        page.getByText("a-angry").first().waitFor();

        assertThat(browsers.violations(page)).as(view + " " + scheme).isEmpty();
      }
      page.navigate(rig.address() + "call?tenant=axe&conversation=ended");
      page.getByText("How the call went").waitFor();
      page.getByLabel("Zoom in").click();
      page.getByLabel("Begin of the part").waitFor();
      assertThat(browsers.violations(page)).as("an ended call, zoomed, " + scheme).isEmpty();
    }
  }

  /** Whether an emotion's colour is on the plot of probabilities. */
  private static boolean isDrawn(Page page, String emotion) {
    return (Boolean)
        page.evaluate(
            """
            emotion => {
              const style = getComputedStyle(document.documentElement);
              const wanted = style.getPropertyValue("--emotion-" + emotion).trim();
              const [r, g, b] = [1, 3, 5].map(at => parseInt(wanted.slice(at, at + 2), 16));
              const canvas = document.querySelector(".plot canvas");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              let found = 0;
              for (let i = 0; i < data.length; i += 4) {
                if (data[i] === r && data[i + 1] === g && data[i + 2] === b) found++;
              }
              return found > 0.25 * canvas.width * canvas.height / 4;
            }
            """,
            emotion);
  }

  private static Locator line(Page page, String call) {
    return page.locator("[data-call='" + call + "']");
  }

  private static EmotionEvent spoken(
      String tenant, String conversation, int index, String emotion) {
    return spokenAt(tenant, conversation, index, index * 4000L, emotion);
  }

  private static EmotionEvent spokenAt(
      String tenant, String conversation, int index, long beginMs, String emotion) {
    return Events.utterance(
        tenant,
        conversation,
        index,
        beginMs,
        beginMs + 3000,
        System.currentTimeMillis() - 30_000,
        Events.mostly(emotion, 0.9));
  }
}
