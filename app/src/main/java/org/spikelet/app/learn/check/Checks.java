package org.spikelet.app.learn.check;

import java.util.List;

/** What a chapter demands of the learner's code, and what is to be seen when it works. */
public interface Checks {

  /** Returns what must hold, the simplest first; the first that does not hold is shown. */
  List<Property<?>> properties();

  /** Returns what the learner's code can do now: a number, a curve, a picture, in 78 columns. */
  String goal();
}
