/**
 * Watches how close a training is to the step size at which it becomes unstable: {@link
 * org.spikelet.spikes.stability.Sharpness}, the curvature as the optimizer sees it.
 */
package org.spikelet.spikes.stability;
