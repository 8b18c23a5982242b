/**
 * The format of checkpoints, and how one file takes the place of another: {@code SectionFile} reads
 * and writes, {@code Section} is a part of one, {@code Head} its description, {@code Disk} what is
 * asked of the file system, {@code DamagedFile} the refusal.
 */
package org.spikelet.optim.file;
