package org.spikelet.autodiff.check;

/**
 * What a derivative must fulfil.
 *
 * @param smooth whether kinks are rejected
 * @param strict whether slopes are rejected that are too small for the tolerance
 */
record Demands(Tolerance tolerance, boolean smooth, boolean strict) {}
