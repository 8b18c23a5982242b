/**
 * The command line. {@link org.spikelet.app.Main} knows all commands, and nothing knows it; {@code
 * Example} lists the numbered programs.
 *
 * <p>The rooms, each using only those after it:
 *
 * <ol>
 *   <li>{@code spikes}, {@code lab}, {@code doctor}: the commands, which do not use each other
 *   <li>{@code options}: what a user may choose for a training of their own
 *   <li>{@code validation}: trainings with a known cause of spikes, to try the doctor on
 *   <li>{@code opinion}: what a log says, and what may be behind it
 *   <li>{@code question}: the trainings of the question, Adam against SGD, and their data
 *   <li>{@code report}: pages, pictures and files of losses
 *   <li>{@code log}: reading the log of any training
 *   <li>{@code tables}: reading data from files
 *   <li>{@code training}: one training, recorded and examined, and what came out of it
 *   <li>{@code command}: what every command needs: version, options, folder, progress
 * </ol>
 */
package org.spikelet.app;
