/** Reverse-mode automatic differentiation on arrays of doubles. */
module org.spikelet.autodiff {
  exports org.spikelet.autodiff;
}
