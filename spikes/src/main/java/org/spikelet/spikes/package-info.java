/** Finds the spikes of a loss curve. */
package org.spikelet.spikes;
