package org.spikelet.autodiff.kernels;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether this JVM compiles vectors to vector instructions.
 *
 * <p>Only HotSpot's optimizing compiler does. Without it each operation on vectors makes an object,
 * and a step of training takes some fifty times as long as with plain loops. Nothing is timed: the
 * answer follows from how the JVM was started, so that the same command computes the same bits.
 */
final class CompilerCheck {

  /** The level of the optimizing compiler among HotSpot's. */
  private static final int OPTIMIZING = 4;

  private CompilerCheck() {}

  /** Returns why vectors would be slow here; empty if nothing speaks against them. */
  static Optional<String> objection() {
    return objection(System.getProperty("java.vm.name", ""), System.getProperty("java.vm.info", ""))
        .or(CompilerCheck::fromFlags);
  }

  /** What the JVM says of itself. */
  static Optional<String> objection(String name, String info) {
    String words = (name + " " + info).toLowerCase(Locale.ROOT);
    if (words.contains("interpreted mode") || words.contains(" zero ")) {
      return Optional.of("this JVM only interprets");
    }
    return words.contains("emulated-client")
            || words.contains(" client ")
            || words.contains(" minimal ")
        ? Optional.of("this JVM runs without its optimizing compiler")
        : Optional.empty();
  }

  /** The flags say more, where the module that knows them is there. */
  private static Optional<String> fromFlags() {
    Optional<String> level = flag("TieredStopAtLevel");
    if (level.isPresent() && Integer.parseInt(level.get()) < OPTIMIZING) {
      return Optional.of("-XX:TieredStopAtLevel=" + level.get() + " leaves out the compiler");
    }
    return flag("EnableVectorSupport").filter(value -> value.equals("false")).isPresent()
        ? Optional.of("-XX:-EnableVectorSupport")
        : Optional.empty();
  }

  /** By name: this module needs java.base alone. Empty if there is no such flag, or no HotSpot. */
  private static Optional<String> flag(String name) {
    if (ModuleLayer.boot().findModule("jdk.management").isEmpty()) {
      return Optional.empty();
    }
    try {
      Class<?> type = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
      Object bean =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getPlatformMXBean", Class.class)
              .invoke(null, type);
      Object option = type.getMethod("getVMOption", String.class).invoke(bean, name);
      return Optional.of((String) option.getClass().getMethod("getValue").invoke(option));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
