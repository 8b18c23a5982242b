package org.spikelet.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles what a graph prints, as if somebody had pasted it into a method, and runs it. */
final class PastedCode {

  private PastedCode() {}

  /** Returns what the code throws, compiled in a folder that is gone afterwards. */
  static Throwable failure(String code) {
    try {
      Path folder = Files.createTempDirectory("pasted");
      try {
        return failure(code, folder);
      } finally {
        Files.deleteIfExists(folder.resolve("Pasted.class"));
        Files.deleteIfExists(folder.resolve("Pasted.java"));
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Throwable failure(String code, Path folder) throws IOException {
    try {
      Path source = Files.writeString(folder.resolve("Pasted.java"), around(code));
      compile(source, folder);
      try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
        loader.loadClass("Pasted").getMethod("run").invoke(null);
      }
      throw new AssertionError("the pasted code does not fail:\n" + code);
    } catch (InvocationTargetException thrown) {
      return thrown.getCause();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String around(String code) {
    return "import org.spikelet.autodiff.*;\nimport org.spikelet.autodiff.check.*;\npublic class Pasted {\n  public static void run() {\n"
        + code
        + "\n  }\n}\n";
  }

  private static void compile(Path source, Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-classpath", System.getProperty("java.class.path"), "-d", folder.toString());
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new AssertionError(messages + "\n" + Files.readString(source));
      }
    }
  }
}
