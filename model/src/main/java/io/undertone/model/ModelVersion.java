package io.undertone.model;

/**
 * The model behind a result.
 *
 * @param name for display
 * @param fingerprint a hash of the weights and of all settings that change a result
 */
public record ModelVersion(String name, String fingerprint) {

  @Override
  public String toString() {
    return name + "@" + fingerprint;
  }
}
