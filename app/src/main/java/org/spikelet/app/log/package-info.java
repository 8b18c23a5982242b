/**
 * Reading the log of any training. In reading order:
 *
 * <ol>
 *   <li>{@link org.spikelet.app.log.TrainingLog}: what comes out, columns of numbers
 *   <li>{@link org.spikelet.app.log.LogFile}: opens a file, finds its format by its content
 *   <li>{@code Rows}, {@code CsvRows}, {@code JsonLines}, {@code JsonDocument}, {@code TextLines}:
 *       the formats, line by line
 *   <li>{@code Field} and {@code Columns}: which column is the loss, the step, and so on
 *   <li>{@code Cell}: numbers in all their spellings
 *   <li>{@code BatchIds}: which rows were in a batch, looked up in the file
 *   <li>{@code LogBuilder} and {@code StepOrder}: rows of one step put together, steps in order
 * </ol>
 */
package org.spikelet.app.log;
