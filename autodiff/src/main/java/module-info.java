/** Reverse-mode automatic differentiation on arrays of doubles. */
module org.spikelet.autodiff {
  exports org.spikelet.autodiff;
  exports org.spikelet.autodiff.check;
  exports org.spikelet.autodiff.curvature;
}
