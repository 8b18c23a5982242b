/** Benchmarks of what is not public: the kernels, and a training step that uses them by hand. */
package org.spikelet.benchmarks.kernels;
