package org.spikelet.app.opinion;

import java.util.List;
import java.util.Optional;

/**
 * A hypothesis that fits the log.
 *
 * @param hypothesis what may be behind it
 * @param title what was seen
 * @param fit from 0 to 1, by which the hypotheses are ranked; no probability
 * @param evidence what in the log speaks for it, and against it
 * @param separation from the next in the ranking
 */
public record Finding(
    Hypothesis hypothesis,
    String title,
    double fit,
    List<String> evidence,
    Optional<Separation> separation) {}
