package io.undertone.model;

/**
 * Which model made a result.
 *
 * @param name for people
 * @param fingerprint a hash of the weights and of all settings that change a result
 */
public record ModelVersion(String name, String fingerprint) {

  @Override
  public String toString() {
    return name + "@" + fingerprint;
  }
}
