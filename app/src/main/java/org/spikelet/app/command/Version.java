package org.spikelet.app.command;

import picocli.CommandLine.IVersionProvider;

/** The versions that a result depends on. */
public final class Version implements IVersionProvider {

  /** Made by the command line. */
  public Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {environment()};
  }

  /** Returns Spikelet's version and Java's. */
  public static String environment() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "Spikelet "
        + (version == null ? "(development)" : version)
        + ", Java "
        + Runtime.version();
  }
}
