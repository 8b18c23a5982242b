package org.spikelet.spikes.diagnose;

/**
 * The values beyond which a symptom speaks for a cause.
 *
 * <p>None of them is a law of nature. "By trial" says that a value was chosen because it told
 * planted causes apart, in the prototype before Spikelet or in the trainings that the laboratory's
 * plants make; how well they do that on seeds never looked at is in docs/spikes.md. A symptom alone
 * decides little: but for {@link #DIVERGED} and {@link #EARLY} a treatment must support the cause.
 */
final class Limits {

  private Limits() {}

  /**
   * Steps before the onset: fewer are the start of the training. By trial, in the prototype: three
   * times the 50 steps that the detector needs, and falling fast the loss scatters.
   */
  static final int EARLY = 150;

  /**
   * A loss not finite after having grown to this many times the first one: the training diverged,
   * and then overflowed. Chosen, not tried: SGD beyond its threshold passes it on its way to ∞, and
   * a finite loss before a logarithm of 0 stays far below.
   */
  static final double DIVERGED = 1e6;

  /**
   * The learning rate over that of the step before: more is a sudden rise. Chosen, not tried:
   * schedules change by less in a step, but for the second step of a warm-up, and the planted rise
   * is thirtyfold.
   */
  static final double SUDDEN = 1.5;

  /** What is equal but for rounding differs by no more than this share of it. */
  static final double ROUNDING = 1e-9;

  /**
   * The chance that so many spikes fall on the last batch if they come anywhere, or that so many
   * batches are of one class in random order: less is no chance. The usual level of one in a
   * hundred, set before any run.
   */
  static final double PHASE = 0.01;

  /**
   * The hindsight ratio over which the data alone is to blame. From the prototype: one half says
   * that more of the height was there before the weights moved than came with them.
   */
  static final double HARD_BEFORE = 0.5;

  /**
   * The hindsight ratio over which the data has a part, if the optimizer's steps are shown to have
   * the other. By trial on the flagship, whose spikes are data × optimizer.
   */
  static final double PARTLY_HARD_BEFORE = 0.25;

  /**
   * The share of a batch's rows up to which those to blame are a few, and so outliers, rather than
   * a hard batch. By trial on planted outliers (one row, seldom two) and bad batches (all rows).
   */
  static final double FEW_ROWS = 0.1;

  /**
   * Rows of a batch from which on two are a few, though more than a tenth. By trial: in batches of
   * eight two planted outliers met.
   */
  static final int ROOM_FOR_TWO = 8;

  /**
   * The share of the batches looked at that must be high from the onset on, and must not be before
   * it, for the data to have changed. Set before any run.
   */
  static final double NEARLY_ALL = 0.9;

  /**
   * The rank in a batch, as a multiple of the number of rows to blame, that each of these must have
   * had before the onset. Set before any run: a row that the weights made large was not.
   */
  static final int RANKED = 2;

  /**
   * η·λ over its threshold of stability: over this it was reached. From the prototype: η·λ, seen
   * every 10 steps and on some of the rows only, was over 0.9 before each of its spikes. The
   * threshold itself is derived, not chosen (Cohen et al. 2022).
   */
  static final double UNSTABLE = 0.9;

  /**
   * RMSₜ over which a gradient is a shock to the optimizer's memory, for which it should be about
   * 1. By trial, in the prototype; no plant decides by it.
   */
  static final double SHOCK = 2.3;
}
