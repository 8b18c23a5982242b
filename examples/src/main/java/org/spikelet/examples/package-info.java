/** The command line, and numbered programs from a number with a gradient to real data. */
package org.spikelet.examples;
