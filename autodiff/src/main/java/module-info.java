/** Reverse-mode automatic differentiation on arrays of doubles. */
@SuppressWarnings("module") // optim is built after this module
module org.spikelet.autodiff {
  exports org.spikelet.autodiff;
  exports org.spikelet.autodiff.check;
  exports org.spikelet.autodiff.curvature;
  exports org.spikelet.autodiff.kernels to
      org.spikelet.optim;
}
