package io.undertone.model.torch.llama.peft;

import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Which modules of a decoder a setting of peft names. */
final class ModuleNames {
  private static final String ALL_LINEAR = "all-linear";

  private final Predicate<String> chosen;

  private ModuleNames(Predicate<String> chosen) {
    this.chosen = chosen;
  }

  /**
   * Reads a list of names, each a module's last names, or a regular expression of its whole name.
   */
  static ModuleNames read(JsonObject json, String field) {
    if (!json.isText(field)) {
      List<String> names = json.texts(field);
      return new ModuleNames(
          module -> names.stream().anyMatch(name -> ("." + module).endsWith("." + name)));
    }
    String text = json.text(field);
    return new ModuleNames(
        text.equals(ALL_LINEAR) ? module -> true : pattern(json, field, text).asMatchPredicate());
  }

  /**
   * Reads values by pattern, a regular expression of a module's last names, in the file's order.
   *
   * @param value reads the value of a pattern
   */
  static <T> Map<Pattern, T> patterns(
      JsonObject json, String field, BiFunction<JsonObject, String, T> value) {
    Map<Pattern, T> patterns = new LinkedHashMap<>();
    if (!json.isOff(field)) {
      JsonObject map = json.object(field);
      for (String key : map.fields()) {
        patterns.put(pattern(json, field, "(?:.*\\.)?(?:" + key + ")"), value.apply(map, key));
      }
    }
    return patterns;
  }

  private static Pattern pattern(JsonObject json, String field, String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new ModelFileException(
          json.file(), field + " must be a regular expression, but " + e.getDescription(), e);
    }
  }

  /** The value of the first pattern that matches a module. */
  static <T> T first(Map<Pattern, T> patterns, String module, T otherwise) {
    Stream<Map.Entry<Pattern, T>> entries = patterns.entrySet().stream();
    return entries
        .filter(entry -> entry.getKey().matcher(module).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  boolean contain(String module) {
    return chosen.test(module);
  }
}
