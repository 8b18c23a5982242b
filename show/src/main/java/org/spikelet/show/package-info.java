/**
 * The tape, seen: what a tape recorded, as one page to walk through forward and back, or as a table
 * for a terminal.
 *
 * <p>In reading order: {@link org.spikelet.show.TapeView}, which is told of everything; {@code
 * Recording}, what it keeps of one tape; {@code Node}, {@code Event} and {@code Values}, of which
 * that is made; {@code UserLine} and {@code Sources}, the line of the program; {@code Rules}, the
 * derivative rules as the Javadoc has them; {@code TapePage} and {@code TapeTable}, the two
 * pictures.
 */
package org.spikelet.show;
