package org.spikelet.spikes.diagnose;

import org.spikelet.optim.Adam;

/** When a treatment belongs to a full examination of a spike, even if no cause asks for it. */
enum When {
  /** Never: it makes sense for one cause only. */
  ASKED_FOR {
    @Override
    boolean holds(Facts facts) {
      return false;
    }
  },

  ALWAYS {
    @Override
    boolean holds(Facts facts) {
      return true;
    }
  },

  /** The optimizer is Adam. */
  UNDER_ADAM {
    @Override
    boolean holds(Facts facts) {
      return facts.recorded().trainer().optimizer() instanceof Adam;
    }
  },

  /** An epoch has several batches. */
  IN_MINI_BATCHES {
    @Override
    boolean holds(Facts facts) {
      return facts.recorded().batches() > 1;
    }
  },

  /** So has it, and some rows of the peak's, but not all, are to blame. */
  WITH_ROWS_TO_BLAME {
    @Override
    boolean holds(Facts facts) {
      int top = facts.replayed().topRows().size();
      return IN_MINI_BATCHES.holds(facts) && top > 0 && top < facts.recorded().peakBatch().size();
    }
  };

  abstract boolean holds(Facts facts);
}
