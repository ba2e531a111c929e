package io.undertone.training.features;

/** How a clip is received. A speaker keeps one line and one voice in all clips of a version. */
public enum ClipVersion {
  /** As recorded. */
  RECORDED,

  /** Over a telephone line. */
  TELEPHONE,

  /** In another voice, over another telephone line. */
  OTHER_VOICE;

  /** Whether the clip comes over a telephone line. */
  public boolean overTelephone() {
    return this != RECORDED;
  }
}
