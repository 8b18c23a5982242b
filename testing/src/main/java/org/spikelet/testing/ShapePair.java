package org.spikelet.testing;

import org.spikelet.autodiff.Shape;

/**
 * The shapes of two operands.
 *
 * @param first the shape of the left operand
 * @param second the shape of the right one
 */
public record ShapePair(Shape first, Shape second) {}
