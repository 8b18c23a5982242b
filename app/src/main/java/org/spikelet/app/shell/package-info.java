/** {@code spikelet shell}: the JDK's JShell with the library at hand. */
package org.spikelet.app.shell;
