/** Layers, activations, initializers and losses, and weights in files. */
module org.spikelet.nn {
  requires transitive org.spikelet.autodiff;
  requires com.fasterxml.jackson.core;

  exports org.spikelet.nn;
  exports org.spikelet.nn.weights;
}
