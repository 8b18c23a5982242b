package org.spikelet.optim;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
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
      Path place = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return in(place, member.getPackageName());
      }
      // Of another module, once that is packaged.
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return in(jar.getPath("/"), member.getPackageName());
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new LinkageError("cannot list the package of " + member, e);
    }
  }

  private static List<Class<?>> in(Path root, String name)
      throws IOException, ClassNotFoundException {
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
  }
}
