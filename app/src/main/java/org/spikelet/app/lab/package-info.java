/**
 * {@code spikelet lab}: claims as controlled experiments, those of the question ({@code Claims})
 * and a reader's. In reading order:
 *
 * <ol>
 *   <li>{@code Case}: a claim, where it stands in the report, and whose code it is; {@code Plan}:
 *       the runs that some cases need, each a {@code Job} of a {@code Series}
 *   <li>{@code Trial}: one run; {@code Outcome} is what came out of it, kept in an {@code
 *       OutcomeFile} under its {@code Fingerprint}; {@code NearThreshold} follows the sharpness,
 *       {@code UpwardVariation} is how restless the loss was, {@code Solution} the weights at the
 *       end
 *   <li>{@code Laboratory}: makes runs on the threads of a {@code WatchedPool}, with a {@code
 *       Watch} on those that do not end; {@code KeptOutcomes} are those made before, {@code Shard}
 *       is a part of all
 *   <li>{@code ExperimentFile}: a reader's Java source, compiled; {@code ReaderCode} is all of
 *       them, tried out in a {@code Rehearsal}; {@code Caveats} are what a verdict does not say
 *   <li>{@code Contrast}: how much goes with a factor; {@code Verdict} judges it; {@code Finding}
 *       is both for a claim
 *   <li>{@code LabTable}, {@code LabReport}, {@code LabRun}, {@code LabCommand}: table, page and
 *       command line
 * </ol>
 */
package org.spikelet.app.lab;
