/**
 * Records a training, so that its spikes can be run again. In reading order:
 *
 * <ol>
 *   <li>{@link org.spikelet.spikes.record.SpikeRecorder}: what is noted at each step
 *   <li>{@link org.spikelet.spikes.record.Signals}: the numbers of the last steps
 *   <li>{@link org.spikelet.spikes.record.Snapshot}: all that evolves, to go back to; {@code
 *       SnapshotRing} holds those of the last steps
 *   <li>{@link org.spikelet.spikes.record.Recording}: what is kept of one spike, and {@code
 *       SpikeShelf}, which keeps them
 * </ol>
 */
package org.spikelet.spikes.record;
