/**
 * Whether derivatives are right, and where a NaN comes from.
 *
 * <p>{@link org.spikelet.autodiff.check.GradientCheck} compares gradients with differences. Behind
 * it, in reading order: {@code Subject}, a function and the point at which it is checked; {@code
 * Invariants}, what holds whatever the derivatives are; {@code Line} and {@code Differences},
 * slopes along a line; {@code Kink}; {@code Verdict}; {@code Sweep} and {@code FailureReport}, what
 * a failure says. {@link org.spikelet.autodiff.check.FiniteCheck} watches a tape for NaN and ±∞.
 */
package org.spikelet.autodiff.check;
