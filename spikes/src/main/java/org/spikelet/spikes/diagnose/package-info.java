/**
 * The spike doctor: replays each recorded spike, treats it, and names its cause. In reading order:
 *
 * <ol>
 *   <li>{@link org.spikelet.spikes.diagnose.SpikeDoctor}: the examination from the first replay to
 *       the words
 *   <li>{@link org.spikelet.spikes.diagnose.Examination} and {@link
 *       org.spikelet.spikes.diagnose.Diagnosis}: what comes out
 *   <li>{@code Facts}: {@code RecordedFacts}, from the recording alone; {@code ReplayedFacts} and
 *       the {@link org.spikelet.spikes.diagnose.Course}, which {@code CourseWatcher} measures in
 *       one unchanged replay; {@code FurtherTests}, a replay each, with {@code SharpnessWatcher}
 *       and {@code NotFiniteSearch}
 *   <li>{@code Consultation}, after a {@code FirstLook}: one {@link
 *       org.spikelet.spikes.diagnose.Cause} after the other, by its {@link
 *       org.spikelet.spikes.diagnose.Symptom} and the {@code Limits}, which say where each number
 *       comes from; what it finds goes into the {@code Notes}, as {@link
 *       org.spikelet.spikes.diagnose.Evidence}
 *   <li>{@link org.spikelet.spikes.diagnose.Treatment}: what is changed in replays; {@code
 *       Protocol} says how one is given, {@code Treatments} gives them, {@code PerturbedWeights} is
 *       the usual placebo
 *   <li>{@link org.spikelet.spikes.diagnose.TreatmentResult} and {@link
 *       org.spikelet.spikes.diagnose.TreatmentEffect}: what a treatment did, with an interval
 *   <li>{@code Wording}: all of it in sentences, with {@code Numbers}; {@code Quantile}: medians
 *       and ends of intervals
 * </ol>
 */
package org.spikelet.spikes.diagnose;
