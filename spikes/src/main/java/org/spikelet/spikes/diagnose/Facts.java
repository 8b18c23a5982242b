package org.spikelet.spikes.diagnose;

/**
 * What is known of one spike before anything is treated.
 *
 * @param recorded from the recording alone
 * @param replayed from one unchanged replay
 */
record Facts(RecordedFacts recorded, ReplayedFacts replayed) {}
