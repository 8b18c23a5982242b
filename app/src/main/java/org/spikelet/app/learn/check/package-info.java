/**
 * How a learner's code is checked, in the Java process that is started for it. {@code Checks} is
 * what a chapter demands: some {@code Property}s, each with the {@code Mistake}s that it knows.
 * {@code Checker} tries them one after the other and writes a {@code Result}; {@code Limit} ends
 * what does not end. {@code Exercise} is a solution from which the gaps are cut.
 */
package org.spikelet.app.learn.check;
