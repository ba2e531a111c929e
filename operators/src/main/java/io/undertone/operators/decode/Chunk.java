package io.undertone.operators.decode;

import io.undertone.operators.KeptForSavepoints;
import io.undertone.operators.RecordCoordinates;
import io.undertone.schemas.AudioChunk;

/** Value of the state {@code waiting-chunks}, which {@code buffered-chunks} has replaced. */
@KeptForSavepoints
public record Chunk(RecordCoordinates at, AudioChunk audio) {}
