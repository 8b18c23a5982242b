/** Optimizers, schedules, clipping, loaders, and the training loop. */
module org.spikelet.optim {
  requires transitive org.spikelet.autodiff;

  exports org.spikelet.optim;
}
