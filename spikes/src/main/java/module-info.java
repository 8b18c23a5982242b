/** Finds the spikes of a training loss, and their causes by replay. */
module org.spikelet.spikes {
  requires transitive org.spikelet.optim;

  exports org.spikelet.spikes.detect;
  exports org.spikelet.spikes.diagnose;
  exports org.spikelet.spikes.record;
  exports org.spikelet.spikes.stability;
}
