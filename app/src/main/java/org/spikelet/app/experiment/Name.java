package org.spikelet.app.experiment;

import java.util.regex.Pattern;

/** Names of claims, setups and optimizations: they are typed, and stand in names of files. */
final class Name {

  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9.][a-z0-9._-]{0,59}");

  private Name() {}

  /** Returns the name, unless it cannot be one. */
  static String check(String what, String name) {
    if (!ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what
              + ": a name has 1 to 60 of the characters a-z, 0-9, '.', '-' and '_', and does not"
              + " begin with '-' or '_'; got '"
              + name
              + "'");
    }
    return name;
  }
}
