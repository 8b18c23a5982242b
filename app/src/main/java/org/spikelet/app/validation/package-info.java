/**
 * For validation only: is the doctor right? {@code Plant} names the causes that are planted, {@code
 * Ground} makes their data and nets, {@code Planted} is the training.
 *
 * <p>The same for the opinion from a log: {@code LogPlant} names what is planted, {@code LogWorld}
 * draws what a training is like, {@code LoggedTraining} is the training, and {@code LogStyle}
 * writes its log.
 *
 * <p>Five programs measure: {@code Confusion}, which causes the doctor names for each plant; {@code
 * Thresholds}, how long before a spike the sharpness crosses its threshold; {@code Alarms}, how
 * many warnings of a stability watch are false; {@code OneDimension}, Adam on ½x²; and {@code
 * LogConfusion}, which hypotheses rank first for each plant in a log.
 */
package org.spikelet.app.validation;
