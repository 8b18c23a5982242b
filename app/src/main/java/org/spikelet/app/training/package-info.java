/**
 * One training: {@code Training} is what is to be done, {@code Run} what came out of it; {@code
 * StopWhenLost} ends it early, {@code UpperMedian} measures it.
 */
package org.spikelet.app.training;
