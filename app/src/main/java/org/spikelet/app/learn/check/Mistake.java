package org.spikelet.app.learn.check;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A common mistake, recognized by what it computes.
 *
 * @param <T> the inputs of the property
 * @param name a short name, such as {@code used-twice}
 * @param hint what to say to somebody who made it
 * @param numbers the numbers that come out with this mistake, if it lets any come out
 * @param thrown whether an exception is a sign of it
 */
record Mistake<T>(
    String name,
    String hint,
    Optional<Function<T, double[]>> numbers,
    Predicate<Throwable> thrown) {}
