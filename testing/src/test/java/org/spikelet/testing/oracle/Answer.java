package org.spikelet.testing.oracle;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a framework says of a program y = f(x): value, first and second derivatives.
 *
 * <p>Doubles are written in hexadecimal, so that no bit is lost.
 *
 * @param shape of y
 * @param value y
 * @param gradients for each input, that of Σ u · y, for the upstream u of the question
 * @param products for each input, its part of the Hessian of Σ u · y times the question's direction
 */
record Answer(
    @JsonProperty("shape") List<Integer> shape,
    @JsonProperty("value") List<String> value,
    @JsonProperty("gradients") List<List<String>> gradients,
    @JsonProperty("products") List<List<String>> products) {}
