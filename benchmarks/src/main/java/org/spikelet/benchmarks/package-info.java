/** JMH benchmarks; each says what its baseline is and how to run it alone. */
package org.spikelet.benchmarks;
