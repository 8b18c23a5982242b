/**
 * What every command needs, and what needs none: {@code Version}, which results depend on; {@code
 * Arguments}, which refuses wrong options; {@code OutputFolder}, which one command has at a time
 * ({@code FolderLock}), and in which a file is complete or not there ({@code FolderFiles}); {@code
 * KeptTrainings}, what is kept before there is a report, of which {@code GivenOptions}, and {@code
 * Interruption}, which says so; {@code Progress}, the bar on the terminal; {@code Wrapped}, prose
 * for it.
 */
package org.spikelet.app.command;
