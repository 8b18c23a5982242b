/** The spike laboratory: every answer to the question as a controlled experiment. */
package org.spikelet.app.lab;
