/**
 * {@code spikelet learn}: the course. {@code Chapter} is one of twelve; its text is a resource, its
 * Java file is cut from our solution in the package {@code course}, its checks are in a package of
 * its own. {@code CourseFolder} has the learner's files, {@code Judge} compiles and checks them,
 * {@code Markdown} brings a text to the terminal, {@code LearnCommand} is the command line.
 */
package org.spikelet.app.learn;
