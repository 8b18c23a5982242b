/**
 * Runs recorded steps again, as they were or with something changed. Not for users. In reading
 * order:
 *
 * <ol>
 *   <li>{@link org.spikelet.spikes.replay.Replay}: the loop
 *   <li>{@link org.spikelet.spikes.replay.Change}: the points at which it can be changed, and how
 *       two changes are joined
 *   <li>{@link org.spikelet.spikes.replay.Changes}: those there are
 *   <li>{@link org.spikelet.spikes.replay.Repetitions}: one change several times over
 *   <li>{@link org.spikelet.spikes.replay.Evaluation}: losses at the weights of a moment, without a
 *       trace
 * </ol>
 */
package org.spikelet.spikes.replay;
