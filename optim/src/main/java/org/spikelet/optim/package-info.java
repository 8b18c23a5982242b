/**
 * Optimizers, learning-rate schedules, gradient clipping, batches, and a training loop.
 *
 * <p>Read in this order: {@link org.spikelet.optim.Sgd}, {@link org.spikelet.optim.Optimizer} and
 * its {@link org.spikelet.optim.Slot}, {@link org.spikelet.optim.Adam}; {@link
 * org.spikelet.optim.Schedule}; {@link org.spikelet.optim.GradientTransformation}; {@link
 * org.spikelet.optim.Dataset}, {@link org.spikelet.optim.DataLoader}; {@link
 * org.spikelet.optim.Trainer}.
 *
 * <p>What runs, an optimizer or a trainer, takes its settings when it is made ({@code new
 * Adam(parameters, 1e-3, Adam.DEFAULTS.withAmsgrad())}); settings, loaders and schedules are
 * values, and each {@code with…} returns another one.
 */
package org.spikelet.optim;
