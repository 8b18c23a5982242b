/**
 * Finds the spikes of a loss curve. In reading order:
 *
 * <ol>
 *   <li>{@link org.spikelet.spikes.detect.Spike}: what is found
 *   <li>{@link org.spikelet.spikes.detect.SpikeDetector}: the rule, step by step as the losses come
 *   <li>{@code Baseline}: the running median and scatter that it compares with, and {@code Median}
 *   <li>{@link org.spikelet.spikes.detect.LossScale}: logarithmic, or linear for negative losses
 *   <li>{@link org.spikelet.spikes.detect.UsualRange}: the same, frozen when a spike begins
 *   <li>{@link org.spikelet.spikes.detect.SpikeSummary}: the spikes of a finished run in numbers
 * </ol>
 */
package org.spikelet.spikes.detect;
