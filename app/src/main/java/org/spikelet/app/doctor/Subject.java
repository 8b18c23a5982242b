package org.spikelet.app.doctor;

import org.spikelet.app.options.LossChoice;
import org.spikelet.app.tables.PreparedTable;
import org.spikelet.app.training.Training;

/**
 * The user's data and what a training makes of them.
 *
 * @param file the name of the file
 * @param table its data
 * @param loss what it is trained with
 * @param training not yet begun
 * @param lossBefore the mean loss over all rows before the training
 */
record Subject(
    String file, PreparedTable table, LossChoice loss, Training training, double lossBefore) {}
