/**
 * Pages, pictures and files: {@code Section} is a data set with its runs; {@code Report} makes the
 * page of them, {@code LossChart} a picture, {@code LossFile} a CSV file. {@code Json} writes the
 * page's data, {@code DiagnosisJson} those of an examined spike.
 */
package org.spikelet.app.report;
