/** The command line: spikes, lab, doctor, and the numbered programs. */
package org.spikelet.app;
