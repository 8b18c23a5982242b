/**
 * Numbered programs in rising difficulty, each one file and complete; {@code ./spikelet 01} runs
 * the first.
 *
 * <ol>
 *   <li>{@link org.spikelet.examples.Example01Number}: a tape, and the first and second derivative
 *   <li>{@link org.spikelet.examples.Example02Line}: parameters, a loss, an optimizer
 *   <li>{@link org.spikelet.examples.Example03Xor}: a net with a hidden layer
 *   <li>{@link org.spikelet.examples.Example04Moons}: batches, epochs, classes, and a picture
 *   <li>{@link org.spikelet.examples.Example05Digits}: data from a file, held-out rows, dropout
 *   <li>{@link org.spikelet.examples.Example06Penguins}: missing values, standardized inputs, batch
 *       normalization
 *   <li>{@link org.spikelet.examples.Example07Names}: an embedding, and drawing from what the net
 *       says
 *   <li>{@link org.spikelet.examples.Example08Gpt}: modules of one's own, attention, and places
 *       that are left out of the loss
 * </ol>
 *
 * <p>The fourth to the sixth share {@code Accuracy}, the share of right answers; the last two
 * {@code Names}; and nothing else.
 */
package org.spikelet.examples;
