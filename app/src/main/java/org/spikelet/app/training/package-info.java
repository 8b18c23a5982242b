/**
 * One training: {@code Training} is what is to be done, {@code Run} what came out of it; {@code
 * Keeper} keeps it while it runs, with the time it took ({@code Elapsed}); {@code StopWhenLost}
 * ends it early, {@code UpperMedian} measures it.
 */
package org.spikelet.app.training;
