/**
 * A first opinion on a training from its log: what is to be seen, and hypotheses. In reading order:
 *
 * <ol>
 *   <li>{@link org.spikelet.app.opinion.Opinion}: hypotheses, ranked
 *   <li>{@code Rises}, {@code Levels}, {@code Shape}, {@code Rounding}, {@code Unseen}: where the
 *       loss rose, how, and where it cannot be seen
 *   <li>{@code GradientTiming}, {@code Ceiling}, {@code RateJumps}, {@code Restarts}, {@code
 *       EpochPlaces}, {@code Period}, {@code Trend}, {@code SharedRows}: what stands beside it
 *   <li>{@code Signals}, {@code Case}: all of that for a log, and for one rise
 *   <li>{@code Hypothesis}, {@code Change}, {@code Separation}: what may be behind it, and what
 *       would tell two of them apart
 *   <li>{@code Title}, {@code Evidence}, {@code CourseEvidence}, {@code Blind}, {@code Text}: the
 *       words
 *   <li>{@link org.spikelet.app.opinion.OpinionReport}, {@code Curve}: the page
 * </ol>
 */
package org.spikelet.app.opinion;
