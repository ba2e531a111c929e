package io.undertone.bench.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** An SVG drawing on white. Lengths are pixels from the top left corner. */
public final class Svg {

  /** Which point of a text its position is. */
  public enum Anchor {
    START,
    MIDDLE,
    END
  }

  private final StringBuilder elements = new StringBuilder();

  public Svg(int width, int height) {
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
            + " font-family='sans-serif' font-size='12'>",
        width, height, width, height);
    add("<rect width='%d' height='%d' fill='white'/>", width, height);
  }

  public Svg rectangle(double x, double y, double width, double height, String fill) {
    return add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s' stroke='#888'/>",
        x, y, width, height, fill);
  }

  public Svg line(double fromX, double fromY, double toX, double toY, String color) {
    return add(
        "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>",
        fromX, fromY, toX, toY, color);
  }

  public Svg thickLine(double fromX, double fromY, double toX, double toY, String color) {
    return add(
        "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='2'/>",
        fromX, fromY, toX, toY, color);
  }

  public Svg text(double x, double y, Anchor anchor, String text) {
    return add(
        "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>",
        x, y, anchor.name().toLowerCase(Locale.ROOT), escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private Svg add(String format, Object... values) {
    elements.append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  /** Writes it as SVG. */
  public void write(Path file) throws IOException {
    Files.writeString(file, elements + "</svg>\n");
  }
}
