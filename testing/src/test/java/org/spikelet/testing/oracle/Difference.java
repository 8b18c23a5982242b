package org.spikelet.testing.oracle;

/**
 * What two frameworks do not agree on.
 *
 * @param quantity value, gradient, product; shape; or refused
 * @param text where, and both numbers
 */
record Difference(String quantity, String text) {

  @Override
  public String toString() {
    return quantity + " " + text;
  }
}
