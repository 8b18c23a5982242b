/**
 * Optimizers, learning-rate schedules, gradient clipping, batches, and a training loop.
 *
 * <p>Read in this order: {@link org.spikelet.optim.Sgd}, {@link org.spikelet.optim.Optimizer} and
 * its {@link org.spikelet.optim.Slot}, {@link org.spikelet.optim.WeightDecay}, {@link
 * org.spikelet.optim.Adam}, {@link org.spikelet.optim.RmsProp}, {@link org.spikelet.optim.AdaGrad};
 * {@link org.spikelet.optim.OptimizerState}, what is saved of them; {@link
 * org.spikelet.optim.Schedule}; {@link org.spikelet.optim.GradientTransformation} and {@link
 * org.spikelet.optim.Clipping}, and those that follow the gradients, {@link
 * org.spikelet.optim.ZClip}, {@link org.spikelet.optim.AdaGc} and {@link
 * org.spikelet.optim.SkipStep}; {@link org.spikelet.optim.Dataset}, {@link
 * org.spikelet.optim.DataLoader}, {@link org.spikelet.optim.Batch}; {@link
 * org.spikelet.optim.Trainer}, its {@link org.spikelet.optim.TrainingListener} that is told of each
 * {@link org.spikelet.optim.TrainingStep}, and three such, {@link org.spikelet.optim.History},
 * {@link org.spikelet.optim.EarlyStopping} and {@link org.spikelet.optim.WeightAverage}; {@link
 * org.spikelet.optim.Checkpoint}, all that evolves in a file, {@link
 * org.spikelet.optim.Checkpoints}, which saves while a training runs, and {@link
 * org.spikelet.optim.Stateful}, what is saved; {@link org.spikelet.optim.Precision}, to train as if
 * in fewer digits.
 *
 * <p>What runs, an optimizer or a trainer, takes its settings when it is made ({@code new
 * Adam(parameters, 1e-3, Adam.DEFAULTS.withAmsgrad())}); settings, loaders and schedules are
 * values, and each {@code with…} returns another one.
 */
package org.spikelet.optim;
