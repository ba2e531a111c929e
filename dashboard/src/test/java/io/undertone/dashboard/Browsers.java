package io.undertone.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, driven by Playwright. The build has installed the driver and axe-core. */
final class Browsers implements AutoCloseable {
  private static final Path MODULES = Path.of("target/browser/node_modules").toAbsolutePath();

  private final Playwright playwright;
  private final Browser browser;

  Browsers() {
    System.setProperty("playwright.cli.dir", MODULES.toString());
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        node().toString())));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    // Root in a container may not use the sandbox.
                    .setArgs(List.of("--no-sandbox")));
  }

  Page page() {
    return page(ColorScheme.LIGHT);
  }

  /** A page in a browser session of its own, without motion. */
  Page page(ColorScheme scheme) {
    return page(scheme, ReducedMotion.REDUCE);
  }

  Page page(ColorScheme scheme, ReducedMotion motion) {
    Page page =
        browser.newPage(
            new Browser.NewPageOptions()
                .setColorScheme(scheme)
                .setReducedMotion(motion)
                .setViewportSize(1440, 900));
    page.setDefaultTimeout(30_000);
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    return page;
  }

  /** What axe-core has to say about a page: rule and first element. */
  @SuppressWarnings("unchecked") // as the script answers
  List<String> violations(Page page) {
    try {
      // Not as a script of the page: its content security policy forbids that.
      page.evaluate(Files.readString(MODULES.resolve("axe-core/axe.min.js")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (List<String>)
        page.evaluate(
            """
            async () => (await axe.run()).violations.map(
              found => found.id + ": " + found.nodes[0].html + " " + found.nodes[0].failureSummary)
            """);
  }

  private static Path node() {
    for (String folder : System.getenv("PATH").split(":")) {
      Path node = Path.of(folder, "node");
      if (Files.isExecutable(node)) {
        return node;
      }
    }
    throw new IllegalStateException("node must be on the PATH: npm comes with it");
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
