package org.spikelet.nn;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The classes of a package, so that a test can require that none is missing from a table. */
final class PackageClasses {

  private PackageClasses() {}

  /** The classes compiled into the package of this one, from the same place, nested ones too. */
  static List<Class<?>> beside(Class<?> member) {
    try {
      Path root = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      String name = member.getPackageName();
      List<Class<?>> classes = new ArrayList<>();
      try (Stream<Path> files = Files.list(root.resolve(name.replace('.', '/')))) {
        for (Path file : (Iterable<Path>) files.sorted()::iterator) {
          String simple = file.getFileName().toString();
          if (simple.endsWith(".class") && !simple.equals("package-info.class")) {
            classes.add(Class.forName(name + "." + simple.replace(".class", "")));
          }
        }
      }
      return classes;
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new LinkageError("cannot list the package of " + member, e);
    }
  }
}
