/**
 * For validation only: is the doctor right? {@code Plant} names the causes that are planted, {@code
 * Ground} makes their data and nets, {@code Planted} is the training.
 *
 * <p>Three programs measure: {@code Confusion}, which causes the doctor names for each plant;
 * {@code Thresholds}, how long before a spike the sharpness crosses its threshold; and {@code
 * Alarms}, how many warnings of a stability watch are false.
 */
package org.spikelet.app.validation;
