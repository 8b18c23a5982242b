/** Numbered programs, from a number with a gradient to real data, one file each. */
package org.spikelet.examples;
