/**
 * {@code spikelet doctor}: trains on a user's data, and names the causes of the loss's spikes; or
 * reads a log, and gives a first opinion.
 */
package org.spikelet.app.doctor;
