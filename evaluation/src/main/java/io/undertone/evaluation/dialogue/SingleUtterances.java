package io.undertone.evaluation.dialogue;

import io.undertone.audio.Pcm;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.Recognition;
import io.undertone.model.torch.ModelParts;
import io.undertone.model.torch.UtteranceTooShortException;
import io.undertone.model.torch.device.LengthBuckets;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.training.evaluation.ClipModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Recognizes utterances as a job does, each as a call of its own, with the model's memory. Runs on
 * the device's owner thread.
 */
record SingleUtterances(ModelParts parts, ClassifierEstimates classifier) {

  private static final long SEED = 1;

  /** One estimate per utterance. */
  List<ClipModel.Estimate> estimate(List<Pcm> utterances) {
    List<SpeechTokens> tokens = parts.tokenizer().encode(utterances);
    UtteranceTooShortException.check(tokens, utterances);
    int[] lengths = tokens.stream().mapToInt(one -> one.ids().length).toArray();
    ClipModel.Estimate[] estimates = new ClipModel.Estimate[lengths.length];
    for (List<Integer> bucket : LengthBuckets.of(lengths, lengths.length)) {
      List<SpeechTokens> ofBucket = bucket.stream().map(tokens::get).toList();
      Iterator<EmotionEstimate> estimated = recognize(ofBucket).iterator();
      for (int row : bucket) {
        estimates[row] = new ClipModel.Estimate(estimated.next(), classifier.of(tokens.get(row)));
      }
    }
    return List.of(estimates);
  }

  private List<EmotionEstimate> recognize(List<SpeechTokens> tokens) {
    MemoryEngine engine = parts.memory();
    List<LiveMemory> memories = new ArrayList<>();
    try {
      List<TokenizedUtterance> utterances = new ArrayList<>();
      for (SpeechTokens one : tokens) {
        memories.add(engine.newMemory(SEED));
        int[] ids = parts.config().vocabulary().utterance(one.ids());
        utterances.add(new TokenizedUtterance(ids, one.cues(), Optional.empty()));
      }
      return engine.recognize(memories, utterances).stream().map(Recognition::estimate).toList();
    } finally {
      memories.forEach(LiveMemory::close);
    }
  }
}
