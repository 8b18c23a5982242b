/** {@code spikelet doctor}: trains on a user's data, and names the causes of the loss's spikes. */
package org.spikelet.app.doctor;
