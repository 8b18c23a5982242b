/**
 * Experiments in a few lines, for readers and for the laboratory itself: {@link
 * org.spikelet.app.experiment.Experiment} returns claims, and a {@link
 * org.spikelet.app.experiment.Claim} compares two trainings with and without a factor. A training
 * is a {@link org.spikelet.app.experiment.Recipe}: a {@link org.spikelet.app.experiment.Setup}
 * ({@link org.spikelet.app.experiment.Data}, {@link org.spikelet.app.experiment.Model}) by an
 * {@link org.spikelet.app.experiment.Optimization}, which makes a {@link
 * org.spikelet.app.experiment.Descent} for each run, with whatever is done {@link
 * org.spikelet.app.experiment.Beside} it. A {@link org.spikelet.app.experiment.Measure} is what is
 * counted.
 *
 * <p>docs/experiments.md has a complete file and how to run it.
 */
package org.spikelet.app.experiment;
