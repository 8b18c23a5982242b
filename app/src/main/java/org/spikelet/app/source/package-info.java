/**
 * Java sources that a user wrote: {@code SourceText} reads one, {@code SourceCode} is what of it
 * matters, {@code SourceCompiler} compiles some into memory.
 */
package org.spikelet.app.source;
