/**
 * Whether derivatives are right, and where a NaN comes from.
 *
 * <p>{@link org.spikelet.autodiff.check.GradientCheck} compares gradients with differences. Behind
 * it, in reading order: {@code Subject}, a function and the point at which it is checked; {@code
 * Invariants}, what holds whatever the derivatives are; {@code Comparison}, all derivatives of one
 * order, and the {@code Demands} and the {@code Tolerance} that they must meet; {@code Line} and
 * {@code Probe}, the first look along a line; {@code Ladder}, the closer one, with {@code Central},
 * the slope of a smooth function, and {@code Side}, {@code Sides}, {@code Series} and {@code Jump},
 * kinks and jumps; {@code Estimate} and {@code Verdict}; {@code FailureReport} and {@code Reading},
 * what a failure says. {@link org.spikelet.autodiff.check.FiniteCheck} watches a tape for NaN and
 * ±∞.
 */
package org.spikelet.autodiff.check;
