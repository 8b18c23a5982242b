/**
 * {@code spikelet spikes}: {@code SpikesCommand} trains with Adam and with SGD, and {@code Answer}
 * says what the runs show.
 */
package org.spikelet.app.spikes;
