package org.spikelet.autodiff;

/** The numbers at which an operation is differentiated; never near 0. */
enum Domain {
  SIGNED {
    @Override
    Tensor draw(Sample sample, Shape shape) {
      return sample.signed(shape);
    }
  },
  POSITIVE {
    @Override
    Tensor draw(Sample sample, Shape shape) {
      return sample.positive(shape);
    }
  };

  abstract Tensor draw(Sample sample, Shape shape);
}
