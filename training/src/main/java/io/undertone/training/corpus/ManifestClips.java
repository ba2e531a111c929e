package io.undertone.training.corpus;

import io.undertone.audio.Pcm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The clips of one or several manifests, with their audio. */
public final class ManifestClips {

  private final Map<Clip, Path> roots;

  private ManifestClips(Map<Clip, Path> roots) {
    this.roots = roots;
  }

  /**
   * Reads the clips of some corpora.
   *
   * @param audio root of the paths in all manifests; empty for the directory of each manifest
   * @param corpora names of the corpora to read; empty for all
   * @throws CorpusException if a manifest is invalid, there is no clip, a clip is there twice, or a
   *     speaker is in two splits
   */
  public static ManifestClips read(List<Path> manifests, Optional<Path> audio, Set<String> corpora)
      throws IOException {
    Map<Clip, Path> roots = new LinkedHashMap<>();
    Set<String> ids = new HashSet<>();
    for (Path manifest : manifests) {
      Path root = audio.orElseGet(() -> manifest.resolveSibling(""));
      for (Clip clip : Manifest.rows(manifest)) {
        if (corpora.isEmpty() || corpora.contains(clip.corpus())) {
          if (!ids.add(clip.id())) {
            throw new CorpusException(manifest + ": clip " + clip.id() + " must be given once");
          }
          roots.put(clip, root);
        }
      }
    }
    List<Clip> clips = List.copyOf(roots.keySet());
    if (clips.isEmpty()) {
      throw new CorpusException(manifests + ": no clips of corpora " + corpora);
    }
    Manifest.requireDisjointSpeakers(manifests.toString(), clips);
    return new ManifestClips(roots);
  }

  /** All clips, in the order of the manifests. */
  public List<Clip> clips() {
    return List.copyOf(roots.keySet());
  }

  /**
   * Reads and resamples a clip.
   *
   * @throws CorpusException if it cannot be read
   */
  public Pcm audio(Clip clip, int sampleRateHz) {
    Path root = roots.get(clip);
    if (root == null) {
      throw new IllegalArgumentException("clip " + clip.id() + " is in no manifest");
    }
    return new ClipAudio(root, sampleRateHz).read(clip);
  }
}
