/** Finds the spikes of a training loss, and their causes by replay. */
module org.spikelet.spikes {
  requires transitive org.spikelet.optim;

  exports org.spikelet.spikes;
}
