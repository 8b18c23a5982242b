/**
 * Layers, networks and losses: everything between the tensors of {@link org.spikelet.autodiff} and
 * an optimizer.
 *
 * <p>Read {@link org.spikelet.nn.Module} first, then {@link org.spikelet.nn.Dense} and its {@link
 * org.spikelet.nn.Initializer}, {@link org.spikelet.nn.Sequential}, {@link
 * org.spikelet.nn.Activation}; {@link org.spikelet.nn.Losses} and their {@link
 * org.spikelet.nn.Reduction}; {@link org.spikelet.nn.LayerNorm}, and the layers that behave
 * differently in training and in evaluation, {@link org.spikelet.nn.BatchNorm} and {@link
 * org.spikelet.nn.Dropout}; for sequences {@link org.spikelet.nn.Embedding}, {@link
 * org.spikelet.nn.RmsNorm}, {@link org.spikelet.nn.Attention}, and {@link
 * org.spikelet.nn.Categorical}, which draws; last {@link org.spikelet.nn.Summary}.
 */
package org.spikelet.nn;
