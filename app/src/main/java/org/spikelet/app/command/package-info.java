/**
 * What every command needs, and what needs none: {@code Version}, which results depend on; {@code
 * Arguments}, which refuses wrong options; {@code OutputFolder}, in which a file is complete or not
 * there; {@code Progress}, the bar on the terminal.
 */
package org.spikelet.app.command;
