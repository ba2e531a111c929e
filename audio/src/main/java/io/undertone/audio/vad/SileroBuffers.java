package io.undertone.audio.vad;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;

/**
 * The model's tensors, reused for each frame.
 *
 * <p>A state consists of (2, 1, 128) recurrent values and the last 32 samples.
 */
final class SileroBuffers implements AutoCloseable {
  private static final int RECURRENT_VALUES = 2 * 128;
  private static final int CONTEXT_SAMPLES = 32;
  static final int STATE_VALUES = RECURRENT_VALUES + CONTEXT_SAMPLES;

  private static final int FRAME_SAMPLES = VoiceActivityDetector.FRAME_SAMPLES;
  private static final long[] RECURRENT_SHAPE = {2, 1, 128};

  private final FloatBuffer input = floats(CONTEXT_SAMPLES + FRAME_SAMPLES);
  private final FloatBuffer recurrent = floats(RECURRENT_VALUES);
  private final FloatBuffer nextRecurrent = floats(RECURRENT_VALUES);
  private final FloatBuffer probability = floats(1);

  private final OnnxTensor inputTensor;
  private final OnnxTensor recurrentTensor;
  private final OnnxTensor rateTensor;
  private final OnnxTensor nextRecurrentTensor;
  private final OnnxTensor probabilityTensor;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  SileroBuffers(OrtEnvironment environment) throws OrtException {
    LongBuffer rate =
        ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
    rate.put(0, VoiceActivityDetector.SAMPLE_RATE_HZ);
    inputTensor = OnnxTensor.createTensor(environment, input, new long[] {1, input.capacity()});
    recurrentTensor = OnnxTensor.createTensor(environment, recurrent, RECURRENT_SHAPE);
    rateTensor = OnnxTensor.createTensor(environment, rate, new long[] {});
    nextRecurrentTensor = OnnxTensor.createTensor(environment, nextRecurrent, RECURRENT_SHAPE);
    probabilityTensor = OnnxTensor.createTensor(environment, probability, new long[] {1, 1});
    inputs = Map.of("input", inputTensor, "state", recurrentTensor, "sr", rateTensor);
    outputs = Map.of("output", probabilityTensor, "stateN", nextRecurrentTensor);
  }

  /** Speech probability of a frame; overwrites state with the state after it. */
  float run(OrtSession session, float[] frame, float[] state) throws OrtException {
    recurrent.put(0, state, 0, RECURRENT_VALUES);
    input.put(0, state, RECURRENT_VALUES, CONTEXT_SAMPLES);
    input.put(CONTEXT_SAMPLES, frame);
    session.run(inputs, outputs).close();
    nextRecurrent.get(0, state, 0, RECURRENT_VALUES);
    keepContext(frame, state);
    return probability.get(0);
  }

  /** Keeps the end of the frame, which the model needs in front of the next one. */
  static void keepContext(float[] frame, float[] state) {
    System.arraycopy(
        frame, FRAME_SAMPLES - CONTEXT_SAMPLES, state, RECURRENT_VALUES, CONTEXT_SAMPLES);
  }

  @Override
  public void close() {
    List.of(inputTensor, recurrentTensor, rateTensor, nextRecurrentTensor, probabilityTensor)
        .forEach(OnnxTensor::close);
  }

  private static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
