/**
 * Reading data from files: {@code CsvTable} reads rows and knows their lines, {@code TrainingData}
 * takes the columns apart, and {@code BadInput} says what is wrong with them.
 */
package org.spikelet.app.tables;
