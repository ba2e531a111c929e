package io.undertone.jobs.options;

/**
 * One thing that the job can be told.
 *
 * @param name without the two dashes, in kebab-case, with its unit where it has one
 * @param defaultText what holds where nothing is said
 * @param meaning one line for the help
 * @param type what a value must look like
 */
record Option<T>(String name, String defaultText, String meaning, ValueType<T> type) {

  T parse(String text) throws InvalidOptionException {
    return type.reader()
        .apply(text)
        .orElseThrow(
            () ->
                new InvalidOptionException(
                    "--" + name + " must be " + type.expectation() + ", but is '" + text + "'"));
  }
}
