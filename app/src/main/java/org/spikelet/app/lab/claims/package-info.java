/**
 * The laboratory's own experiments, written against {@code org.spikelet.app.experiment} as a
 * reader's are: {@code AnswerClaims}, {@code MechanismClaims}, {@code SolutionClaims}, {@code
 * PrecisionClaims}, and each {@code Remedy} in {@code FullBatchRemedies} and {@code
 * HeavyTailsRemedies}. What they train is in {@code Setups}, of {@code Rows} and {@code Nets}, by
 * {@code Optimizations}, with {@code Besides}.
 */
package org.spikelet.app.lab.claims;
