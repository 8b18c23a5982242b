/**
 * For validation only: is the doctor right? {@code Plant} names the causes that are planted, {@code
 * Ground} makes their data and nets, {@code Planted} is the training.
 *
 * <p>Two programs measure: {@code Confusion}, which causes the doctor names for each plant, and
 * {@code Thresholds}, how long before a spike the sharpness crosses its threshold.
 */
package org.spikelet.app.validation;
