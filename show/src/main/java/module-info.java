/** Draws what a tape recorded. */
module org.spikelet.show {
  requires transitive org.spikelet.autodiff;

  exports org.spikelet.show;
}
