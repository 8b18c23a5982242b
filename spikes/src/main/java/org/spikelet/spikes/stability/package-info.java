/**
 * Watches how close a training is to the step size at which it becomes unstable. In reading order:
 * {@link org.spikelet.spikes.stability.Sharpness}, the largest curvature as the optimizer sees it;
 * {@link org.spikelet.spikes.stability.DirectionalSharpness}, the one along the gradient; {@link
 * org.spikelet.spikes.stability.StabilityWatch}, which warns while a training runs, and {@link
 * org.spikelet.spikes.stability.StabilityBrake}, which lowers its learning rate.
 */
package org.spikelet.spikes.stability;
