/** The flagship: Adam's loss has spikes where SGD's is smooth. */
package org.spikelet.app.spikes;
