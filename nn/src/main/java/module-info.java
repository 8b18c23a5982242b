/** Layers, activations, initializers and losses. */
module org.spikelet.nn {
  requires transitive org.spikelet.autodiff;

  exports org.spikelet.nn;
}
