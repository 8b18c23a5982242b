/**
 * The weights of a network in a file, and back: {@link org.spikelet.nn.weights.Weights} first, then
 * {@link org.spikelet.nn.weights.Mapping} for files that name and lay out their tensors otherwise,
 * as PyTorch does, and {@link org.spikelet.nn.weights.Safetensors}, the format.
 */
package org.spikelet.nn.weights;
