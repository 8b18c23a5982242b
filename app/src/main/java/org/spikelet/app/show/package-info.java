/**
 * {@code spikelet show}: the tape of one step of a numbered program, or of the net of the question.
 */
package org.spikelet.app.show;
