package org.spikelet.app.doctor;

import org.spikelet.app.options.LossChoice;
import org.spikelet.app.tables.PreparedTable;

/**
 * The user's data and what a training makes of them.
 *
 * @param file the name of the file
 * @param table its data
 * @param loss what it is trained with
 */
record Subject(String file, PreparedTable table, LossChoice loss) {}
