/** Optimizers, schedules, loaders, the training loop, and the detection of loss spikes. */
module org.spikelet.optim {
  requires transitive org.spikelet.autodiff;

  exports org.spikelet.optim;
  exports org.spikelet.optim.spikes;
}
