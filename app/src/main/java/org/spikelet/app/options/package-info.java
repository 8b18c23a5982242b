/**
 * What a user may choose for a training of their own: {@code TableOptions} the data, {@code
 * NetOptions} the net, {@code TrainingOptions} how it is trained. Activations, losses and
 * optimizers are chosen by the names in {@code ActivationChoice}, {@code LossChoice} and {@code
 * OptimizerChoice}.
 */
package org.spikelet.app.options;
