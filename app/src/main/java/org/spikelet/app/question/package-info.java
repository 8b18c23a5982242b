/**
 * The trainings of the question why Adam's loss has spikes: {@code Question} says it; {@code
 * Problem} has data, net and seeds, drawn with {@code RandomTensors}; {@code Comparison} trains
 * with Adam and with SGD.
 */
package org.spikelet.app.question;
