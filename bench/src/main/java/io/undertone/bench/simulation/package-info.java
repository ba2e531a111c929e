/**
 * Discrete-event simulation of a fleet: calls speak, machines recognize in batches, jobs fail and
 * are rescaled. It foretells latencies and cores without the fleet.
 *
 * <pre>
 * Traffic ── utterance ends ──► Job ── path, key group ──► Device ── batch done ──► Tally
 * </pre>
 *
 * {@link io.undertone.bench.simulation.Agenda} keeps what happens next, {@link
 * io.undertone.bench.simulation.Traffic} makes calls, {@link io.undertone.bench.simulation.Job}
 * spreads their utterances over machines and stops them all when one fails, and each machine's
 * {@link io.undertone.bench.simulation.Device} serves its queue.
 */
@NullMarked
package io.undertone.bench.simulation;

import org.jspecify.annotations.NullMarked;
