/**
 * For validation only: is the doctor right? {@code Plant} names the causes that are planted, {@code
 * Ground} makes their data and nets, {@code Planted} is the training.
 *
 * <p>Four programs measure: {@code Confusion}, which causes the doctor names for each plant; {@code
 * Thresholds}, how long before a spike the sharpness crosses its threshold; {@code Alarms}, how
 * many warnings of a stability watch are false; and {@code OneDimension}, Adam on ½x².
 */
package org.spikelet.app.validation;
