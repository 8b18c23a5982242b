/**
 * Layers, networks and losses: everything between the tensors of {@link org.spikelet.autodiff} and
 * an optimizer.
 *
 * <p>Read {@link org.spikelet.nn.Module} first, then {@link org.spikelet.nn.Dense}, {@link
 * org.spikelet.nn.Sequential}, {@link org.spikelet.nn.Activation} and {@link
 * org.spikelet.nn.Losses}; then the layers that behave differently in training and in evaluation,
 * {@link org.spikelet.nn.BatchNorm} and {@link org.spikelet.nn.Dropout}.
 */
package org.spikelet.nn;
