/**
 * Optimizers, learning-rate schedules, gradient clipping, batches, and a training loop.
 *
 * <p>Read in this order: {@link org.spikelet.optim.Optimizer}, {@link org.spikelet.optim.Sgd},
 * {@link org.spikelet.optim.Adam}; {@link org.spikelet.optim.Schedule}; {@link
 * org.spikelet.optim.Dataset}, {@link org.spikelet.optim.DataLoader}; {@link
 * org.spikelet.optim.Trainer}.
 */
package org.spikelet.optim;
