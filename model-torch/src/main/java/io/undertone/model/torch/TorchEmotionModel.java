package io.undertone.model.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionModel;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.ModelMismatchException;
import io.undertone.model.ModelVersion;
import io.undertone.model.ModelWork;
import io.undertone.model.PartlyFailedBatchException;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.DeviceThread;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.DeviceMemory;
import io.undertone.model.torch.device.DeviceUnavailableException;
import io.undertone.model.torch.device.LengthBuckets;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The emotion model of a directory: speech tokenizer, Llama decoder with its emotion LoRA, and
 * conversation memory.
 *
 * <pre>
 * config.json, model.safetensors (or its shards and their index)    the decoder
 * emotion-lora/adapter_config.json, adapter_model.safetensors       optional, merged at load
 * undertone.json                                                    {@link UndertoneConfig}
 * speech-tokenizer.json, speech-tokenizer.safetensors               the tokenizer
 * encoder/model.safetensors                                         Whisper's encoder, for format 2
 * foresight.safetensors                                             for a speaker memory
 * voice.safetensors, token-classifier.json and .safetensors         if it has a voice model
 * utterance-head.safetensors                                        and format 2 of the tokenizer
 * </pre>
 */
public final class TorchEmotionModel implements EmotionModel {
  /** Splits larger batches, to bound the device's memory. */
  static final int LARGEST_BATCH = 32;

  private final TorchDevice device;
  private final NDManager manager;
  private final ModelVersion version;
  private final ModelParts parts;
  private volatile ModelWork work = ModelWork.NONE;
  private boolean closed;

  private TorchEmotionModel(
      TorchDevice device, NDManager manager, ModelVersion version, ModelParts parts) {
    this.device = device;
    this.manager = manager;
    this.version = version;
    this.parts = parts;
  }

  /**
   * Opens a model on the processor, in float32, for calls where all emotions are equally probable.
   */
  public static TorchEmotionModel open(Path directory) {
    return open(directory, DeviceChoice.CPU);
  }

  /** The same on any device. */
  public static TorchEmotionModel open(Path directory, DeviceChoice device) {
    SpeechTokenizers tokenizers = new SpeechTokenizers(ArithmeticChoice.FLOAT32);
    return open(directory, tokenizers, EmotionPrior.UNIFORM, device);
  }

  /**
   * Opens a model.
   *
   * @param prior of the calls. It is no part of the model's version: a memory that was saved under
   *     one prior can be restored under another
   * @throws ModelFileException if a file is missing or invalid
   * @throws DeviceUnavailableException if the device is not there
   */
  public static TorchEmotionModel open(
      Path directory,
      SpeechTokenizerLoader tokenizerLoader,
      EmotionPrior prior,
      DeviceChoice choice) {
    UndertoneConfig config = UndertoneConfig.read(directory);
    ModelVersion version = new ModelVersion(config.name(), ModelFingerprint.of(directory));
    return TorchDevice.open(
        choice,
        (device, manager) ->
            new TorchEmotionModel(
                device,
                manager,
                version,
                ModelParts.load(directory, config, tokenizerLoader, prior, manager)));
  }

  @Override
  public ModelVersion version() {
    return version;
  }

  @Override
  public int sampleRateHz() {
    return parts.tokenizer().sampleRateHz();
  }

  /** The thread that does all of the model's work. */
  DeviceThread thread() {
    return device.thread();
  }

  /** Number of live native arrays on the device. Must not grow from call to call. */
  public int liveArrays() {
    return device.liveArrays();
  }

  /** The tokens of each utterance: the first step of recognition. */
  public List<SpeechTokens> tokenize(List<Pcm> utterances) {
    return device.call(() -> parts.tokenizer().encode(utterances));
  }

  @Override
  public ChannelMemory newMemory(long seed) {
    return new TorchMemory(this, 0, () -> parts.memory().newMemory(seed));
  }

  @Override
  public ChannelMemory restore(MemorySnapshot snapshot) {
    if (!snapshot.modelFingerprint().equals(version.fingerprint())) {
      throw new ModelMismatchException(version.fingerprint(), snapshot.modelFingerprint());
    }
    return new TorchMemory(this, snapshot.updateStep(), parts.memory().restore(snapshot));
  }

  long memoryBytes() {
    return parts.memory().residentBytes();
  }

  MemorySnapshot snapshot(TorchMemory memory) {
    memory.checkOpen();
    return device.call(() -> memory.live().snapshot(version.fingerprint()));
  }

  void release(TorchMemory memory) {
    device.thread().execute(memory::closeLive);
  }

  @Override
  public List<Recognition> recognize(List<RecognitionRequest> requests) {
    List<TorchMemory> memories = memories(requests);
    try {
      return device.call(() -> recognize(requests, memories));
    } catch (EngineException e) {
      throw DeviceMemory.translated(e);
    }
  }

  private List<Recognition> recognize(
      List<RecognitionRequest> requests, List<TorchMemory> memories) {
    List<LiveMemory> live = memories.stream().map(TorchMemory::live).toList();
    long beginNanos = System.nanoTime();
    List<TokenizedUtterance> utterances = utterances(requests);
    work = work.withNanos(System.nanoTime() - beginNanos, 0, 0);
    int[] lengths = new int[requests.size()];
    for (int row = 0; row < lengths.length; row++) {
      lengths[row] = parts.memory().rowTokens(live.get(row), utterances.get(row));
    }
    Map<Integer, Recognition> recognitions = new HashMap<>();
    try {
      for (List<Integer> bucket : LengthBuckets.of(lengths, LARGEST_BATCH)) {
        Iterator<Recognition> recognized =
            recognizeTimed(
                    bucket.stream().map(live::get).toList(),
                    bucket.stream().map(utterances::get).toList())
                .iterator();
        for (int row : bucket) {
          recognitions.put(row, recognized.next());
          memories.get(row).updated();
        }
        work = with(bucket, lengths);
      }
    } catch (RuntimeException e) {
      if (recognitions.isEmpty()) {
        throw e;
      }
      throw new PartlyFailedBatchException(
          byRow(recognitions, lengths.length), DeviceMemory.translated(e));
    }
    return byRow(recognitions, lengths.length).stream().map(Optional::orElseThrow).toList();
  }

  private List<Recognition> recognizeTimed(
      List<LiveMemory> memories, List<TokenizedUtterance> utterances) {
    MemoryEngine engine = parts.memory();
    long updatedNanos = engine.updateNanos();
    long beginNanos = System.nanoTime();
    List<Recognition> recognitions = engine.recognize(memories, utterances);
    long allNanos = System.nanoTime() - beginNanos;
    long updateNanos = engine.updateNanos() - updatedNanos;
    work = work.withNanos(0, updateNanos, allNanos - updateNanos);
    return recognitions;
  }

  private static List<Optional<Recognition>> byRow(
      Map<Integer, Recognition> recognitions, int rows) {
    return IntStream.range(0, rows)
        .mapToObj(row -> Optional.ofNullable(recognitions.get(row)))
        .toList();
  }

  /** The longest row of a bucket is its first. */
  private ModelWork with(List<Integer> bucket, int[] lengthsTokens) {
    long tokens = (long) bucket.size() * lengthsTokens[bucket.get(0)];
    long realTokens = bucket.stream().mapToLong(row -> lengthsTokens[row]).sum();
    return work.withBatch(bucket.size(), tokens, tokens - realTokens);
  }

  private List<TokenizedUtterance> utterances(List<RecognitionRequest> requests) {
    List<SpeechTokens> tokens = tokens(requests);
    List<TokenizedUtterance> utterances = new ArrayList<>();
    for (int row = 0; row < tokens.size(); row++) {
      SpeechTokens one = tokens.get(row);
      int[] ids = parts.config().vocabulary().utterance(one.ids());
      utterances.add(new TokenizedUtterance(ids, one.cues(), requests.get(row).otherSide()));
    }
    return utterances;
  }

  private List<SpeechTokens> tokens(List<RecognitionRequest> requests) {
    List<Pcm> utterances = requests.stream().map(RecognitionRequest::utterance).toList();
    List<SpeechTokens> tokens = parts.tokenizer().encode(utterances);
    UtteranceTooShortException.check(tokens, utterances);
    return tokens;
  }

  private List<TorchMemory> memories(List<RecognitionRequest> requests) {
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("requests must be at least 1, but are 0");
    }
    List<TorchMemory> memories = new ArrayList<>();
    Set<TorchMemory> seen = new HashSet<>();
    for (RecognitionRequest request : requests) {
      int rateHz = request.utterance().sampleRateHz();
      if (rateHz != sampleRateHz()) {
        throw new IllegalArgumentException(
            "sampleRateHz must be " + sampleRateHz() + ", but is " + rateHz);
      }
      if (!(request.memory() instanceof TorchMemory memory) || !memory.belongsTo(this)) {
        throw new IllegalArgumentException(
            "memory must be one of model " + version + ", but is " + request.memory());
      }
      if (!seen.add(memory)) {
        throw new IllegalArgumentException("memory must be in a batch once, but is twice");
      }
      memories.add(memory);
    }
    return memories;
  }

  @Override
  public ModelWork work() {
    return work;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      device.run(
          () -> {
            parts.close();
            manager.close();
          });
      device.close();
    }
  }
}
