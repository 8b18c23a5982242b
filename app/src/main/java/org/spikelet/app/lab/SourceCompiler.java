package org.spikelet.app.lab;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Module;
import org.spikelet.optim.Optimizer;
import org.spikelet.spikes.detect.Spike;

/** Compiles an experiment's file into memory, with the libraries to import. */
final class SourceCompiler {

  /** Of many errors only the first few help. */
  private static final int SHOWN = 10;

  private static final int TAB = 8;

  private final SourceText source;
  private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

  private SourceCompiler(SourceText source) {
    this.source = source;
  }

  /**
   * Compiles.
   *
   * @param compiler the platform's, which a JRE is without
   * @return the bytes of each class, by its binary name
   * @throws BadExperiment if it does not compile; the message has each error with line and column
   */
  static Map<String, byte[]> compile(SourceText source, Optional<JavaCompiler> compiler) {
    JavaCompiler javac =
        compiler.orElseThrow(
            () ->
                new BadExperiment(
                    "An experiment needs a Java compiler, and this Java has none ("
                        + System.getProperty("java.home")
                        + "). Run it with a JDK, version 17 or later: set JAVA_HOME."));
    return new SourceCompiler(source).compile(javac);
  }

  private Map<String, byte[]> compile(JavaCompiler javac) {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (JavaFileManager files =
        new InMemory(javac.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8))) {
      List<String> options =
          List.of("-proc:none", "-g", "-nowarn", "-classpath", classPath(), "-implicit:none");
      boolean good =
          javac.getTask(null, files, found, options, null, List.of(new Text(source))).call();
      if (!good) {
        throw new BadExperiment(words(found.getDiagnostics()));
      }
    } catch (IOException e) {
      throw new BadExperiment(source.fileName() + " could not be compiled: " + e.getMessage());
    }
    return classes.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toByteArray()));
  }

  /** The libraries, wherever they were loaded from, and whatever else the program has. */
  private static String classPath() {
    Stream<String> libraries =
        Stream.of(Experiment.class, Tensor.class, Module.class, Optimizer.class, Spike.class)
            .flatMap(
                type -> Optional.ofNullable(type.getProtectionDomain().getCodeSource()).stream())
            .map(SourceCompiler::path);
    return Stream.concat(libraries, Stream.of(System.getProperty("java.class.path")))
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String path(CodeSource code) {
    try {
      return Path.of(code.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a library was loaded from " + code.getLocation(), e);
    }
  }

  private String words(List<Diagnostic<? extends JavaFileObject>> found) {
    List<Diagnostic<? extends JavaFileObject>> errors =
        found.stream().filter(each -> each.getKind() == Diagnostic.Kind.ERROR).toList();
    StringBuilder words = new StringBuilder(source.fileName() + " does not compile:\n");
    errors.stream().limit(SHOWN).forEach(each -> words.append('\n').append(words(each)));
    if (errors.size() > SHOWN) {
      words.append("\n... and ").append(errors.size() - SHOWN).append(" more errors\n");
    }
    return words
        .append("\nNothing was run. Correct the file and run the command again.")
        .toString();
  }

  /** As javac says it: file, line and column, the message, the line and a caret below it. */
  private String words(Diagnostic<? extends JavaFileObject> error) {
    String message = error.getMessage(Locale.ROOT).stripTrailing();
    if (error.getLineNumber() == Diagnostic.NOPOS) {
      return source.fileName() + ": " + message + "\n";
    }
    String line = source.text().lines().skip(error.getLineNumber() - 1).findFirst().orElse("");
    return String.format(
        Locale.ROOT,
        "%s:%d:%d: %s%n%s%n%s^%n",
        source.fileName(),
        error.getLineNumber(),
        error.getColumnNumber(),
        message,
        withoutTabs(line),
        " ".repeat((int) Math.max(0, error.getColumnNumber() - 1)));
  }

  /** As javac counts columns. */
  private static String withoutTabs(String line) {
    StringBuilder wide = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      wide.append(c == '\t' ? " ".repeat(TAB - wide.length() % TAB) : c);
    }
    return wide.toString();
  }

  /** The source for the compiler, under the path of its file. */
  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(SourceText source) {
      super(source.path().toAbsolutePath().toUri(), Kind.SOURCE);
      this.text = source.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what is compiled. */
  private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    InMemory(JavaFileManager standard) {
      super(standard);
    }

    /** Only from the class path: a file beside the experiment's would not be in its version. */
    @Override
    public boolean hasLocation(Location location) {
      return location != StandardLocation.SOURCE_PATH && super.hasLocation(location);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      classes.put(name, bytes);
      return new SimpleJavaFileObject(
          URI.create("memory:///" + name.replace('.', '/').replace('$', '-')), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
