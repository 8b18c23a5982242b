/**
 * Reading data from files, to be trained on: {@code PreparedTable} is the whole way.
 *
 * <ol>
 *   <li>{@code Encoding}: from bytes to text. {@code CsvReader}: from text to a {@code CsvTable},
 *       after {@code HeaderChecks}, whose {@code Cells} stay as they stand in the file; what is not
 *       said is guessed by {@code Separator} and {@code DecimalMark} ({@code TableFormat} says it).
 *   <li>{@code Numerals}, {@code MissingMarks}, {@code Dates}, {@code NotANumber}: what a cell is.
 *       {@code ColumnProfile}: what a {@code Column} holds, hence its {@code ColumnKind}.
 *   <li>{@code Preparation}: with {@code Roles}, found by {@code ColumnNames}, and {@code Rules},
 *       {@code ColumnChecks} decides what is made of a column, {@code Doubts} says what may be
 *       meant otherwise; a {@code Feature} makes it, {@code Outputs} what is to be predicted, with
 *       {@code Scale}, of the {@code KeptRows}. {@code TrainingData} comes out.
 *   <li>{@code Account}: what was made of the file, shown by {@code AccountTable}; {@code RowNames}
 *       and {@code RowWords}: what a row is called; {@code Problems}, with {@code CellProblems} and
 *       {@code Places}: all that is wrong, in one {@code BadInput}.
 * </ol>
 */
package org.spikelet.app.tables;
