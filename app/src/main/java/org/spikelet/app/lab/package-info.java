/**
 * {@code spikelet lab}: every answer to the question as a controlled experiment. In reading order:
 *
 * <ol>
 *   <li>{@code Claim}: what was said, and which runs test it; all of them in {@code Claims}, from
 *       {@code AnswerClaims}, {@code MechanismClaims} and {@code Remedy}
 *   <li>{@code Recipe}: a training but for its seed, made of a {@code Setup} ({@code Data}, {@code
 *       Model}; all of them in {@code Setups}) and an {@code Optimization}, which makes a {@code
 *       Descent} for each run, with whatever is done {@code Beside} it ({@code Besides})
 *   <li>{@code Trial}: one run of a recipe; {@code Outcome} is what came out of it, counted by
 *       {@code Measure} and kept in an {@code OutcomeFile}; {@code NearThreshold} follows the
 *       sharpness, {@code UpwardVariation} is how restless the loss was
 *   <li>{@code Laboratory}: makes the runs that some claims need
 *   <li>{@code Contrast}: how much goes with a factor; {@code Verdict} judges it; {@code Finding}
 *       is both for a claim
 *   <li>{@code LabReport}, {@code LabCommand}: page and command line
 * </ol>
 */
package org.spikelet.app.lab;
