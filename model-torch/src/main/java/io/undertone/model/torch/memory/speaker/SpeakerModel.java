package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.memory.LogitCorrection;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The parameters that all speaker memories share, and one step of such memories: the voice adds its
 * evidence to the logits, the head adapter makes the estimate, and both learn from it.
 *
 * <p>Of an estimate p, the head adapter learns all. What is expected next and the voice offset
 * learn less of it if the voice is unlike all that the model knows:
 *
 * <pre>
 * softmax(ln p / τ)                        the last estimate
 * softmax(ln p / τ + (1 - 1 / τ) · ln ρ)   for the offset
 * </pre>
 *
 * <p>τ is the {@link VoiceModel#learningTemperature}, and ρ the prior of {@link
 * EmotionPrior#CALLS}: the less is known of a voice, the more probably it is that of somebody calm.
 */
public final class SpeakerModel {
  private static final float[] LOG_ROUTINE = logarithms(EmotionPrior.CALLS);

  private final HeadAdapter head;
  private final Optional<VoiceModel> voice;
  private final ExpectedEmotions expected;
  private final LogitCorrection correction;

  private SpeakerModel(
      HeadAdapter head,
      Optional<VoiceModel> voice,
      ExpectedEmotions expected,
      LogitCorrection correction) {
    this.head = head;
    this.voice = voice;
    this.expected = expected;
    this.correction = correction;
  }

  /**
   * A model that corrects no estimate, as in training.
   *
   * @param voice empty for memories without a voice model
   */
  public SpeakerModel(HeadAdapter head, Optional<VoiceModel> voice) {
    this(
        head,
        voice,
        new ExpectedEmotions(head.dynamics(), LogitCorrection.NONE),
        LogitCorrection.NONE);
  }

  /**
   * The same model with corrected estimates.
   *
   * @param manager owns what the correction needs
   */
  public SpeakerModel with(LogitCorrection correction, NDManager manager) {
    return new SpeakerModel(
        head, voice, ExpectedEmotions.of(head.dynamics(), correction, manager), correction);
  }

  /**
   * The result of one step of a batch.
   *
   * @param logEstimates log p, (batch, classes)
   * @param losses cross entropy of the head adapter's prediction against p, (batch)
   * @param gradientNorms L2 norms of its gradient, (batch)
   * @param after the new state
   */
  public record Step(
      NDArray logEstimates, NDArray losses, NDArray gradientNorms, SpeakerState after) {}

  /**
   * Reads the files of a model's directory. Nothing is corrected.
   *
   * @param width of the decoder
   * @throws io.undertone.model.torch.files.ModelFileException if a tensor is missing, has another
   *     shape or is out of range
   */
  public static SpeakerModel load(
      Path directory, SpeakerMemoryConfig config, int width, NDManager manager) {
    int classes = Emotion.values().length;
    HeadAdapter head = HeadAdapter.load(directory, config.rank(), width, classes, manager);
    return new SpeakerModel(
        head,
        config.voiceWidth() == 0
            ? Optional.empty()
            : Optional.of(VoiceModel.load(directory, config.voiceWidth(), classes, manager)));
  }

  /**
   * Estimates one utterance per memory, and updates the state.
   *
   * @param state has an offset if there is a voice model
   */
  public Step step(UtteranceEvidence evidence, SpeakerState state) {
    if (voice.isEmpty()) {
      HeadAdapter.Step step = estimate(evidence, evidence.logits(), state);
      return result(step, lastEstimate(step.logEstimates().exp()), Optional.empty());
    }
    VoiceModel model = voice.get();
    VoiceModel.Observation observed = model.observe(evidence.voices(), evidence.measured());
    VoiceModel.Offset offset = state.offset().orElseThrow();
    NDArray logits = evidence.logits().add(model.evidence(observed, offset));
    HeadAdapter.Step step = estimate(evidence, logits, state);
    NDArray temperature = model.learningTemperature(observed);
    NDArray tempered = step.logEstimates().div(temperature);
    NDArray ofVoice = tempered.add(routine(temperature)).softmax(1);
    VoiceModel.Offset learned = model.update(observed, offset, ofVoice);
    return result(step, lastEstimate(tempered.softmax(1)), Optional.of(learned));
  }

  private HeadAdapter.Step estimate(
      UtteranceEvidence evidence, NDArray logits, SpeakerState state) {
    NDArray logExpected = expected.log(state.lastEstimate(), evidence.otherSides(), head.trust());
    return head.step(evidence.states(), correction.tempered(logits), state.adapter(), logExpected);
  }

  /** (1 - 1 / τ) · ln ρ, (batch, classes) */
  private static NDArray routine(NDArray temperature) {
    NDManager step = temperature.getManager();
    NDArray share = step.create(1f).sub(step.create(1f).div(temperature));
    return share.mul(step.create(LOG_ROUTINE, new Shape(1, LOG_ROUTINE.length)));
  }

  private static float[] logarithms(EmotionPrior prior) {
    double[] values = prior.toArray();
    float[] logarithms = new float[values.length];
    for (int emotion = 0; emotion < values.length; emotion++) {
      logarithms[emotion] = (float) Math.log(values[emotion]);
    }
    return logarithms;
  }

  private NDArray lastEstimate(NDArray estimates) {
    return estimates.sub(head.uniform());
  }

  private static Step result(
      HeadAdapter.Step step, NDArray lastEstimate, Optional<VoiceModel.Offset> offset) {
    return new Step(
        step.logEstimates(),
        step.losses(),
        step.gradientNorms(),
        new SpeakerState(step.after(), lastEstimate, offset));
  }

  /** The corrected logits of the emotions without conversation memory, (batch, classes). */
  public NDArray withoutMemory(UtteranceEvidence evidence) {
    if (voice.isEmpty()) {
      return correction.of(evidence.logits());
    }
    VoiceModel model = voice.get();
    VoiceModel.Observation observed = model.observe(evidence.voices(), evidence.measured());
    return correction.of(
        evidence.logits().add(model.evidence(observed, observed.unknownSpeaker())));
  }
}
