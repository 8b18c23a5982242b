package org.spikelet.app.source;

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

/** Compiles files into memory, with libraries to import. */
public final class SourceCompiler {

  /** Of many errors only the first few help. */
  private static final int SHOWN = 10;

  private static final int TAB = 8;

  private final List<SourceText> sources;
  private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

  private SourceCompiler(List<SourceText> sources) {
    this.sources = sources;
  }

  /**
   * Compiles. Nothing of the files is run.
   *
   * @param compiler the platform's, which a JRE is without
   * @param classPath what the sources may import
   * @return the bytes of each class, by its binary name
   * @throws BadSource if it does not compile; the message has each error with line and column
   */
  public static Map<String, byte[]> compile(
      List<SourceText> sources, Optional<JavaCompiler> compiler, String classPath)
      throws BadSource {
    JavaCompiler javac =
        compiler.orElseThrow(
            () ->
                new BadSource(
                    "This needs a Java compiler, and this Java has none ("
                        + System.getProperty("java.home")
                        + "). Run it with a JDK, version 17 or later: set JAVA_HOME."));
    return new SourceCompiler(sources).compile(javac, classPath);
  }

  private Map<String, byte[]> compile(JavaCompiler javac, String classPath) throws BadSource {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (JavaFileManager files =
        new InMemory(javac.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8))) {
      List<String> options =
          List.of("-proc:none", "-g", "-nowarn", "-classpath", classPath, "-implicit:none");
      List<Text> texts = sources.stream().map(Text::new).toList();
      if (!javac.getTask(null, files, found, options, null, texts).call()) {
        throw new BadSource(words(found.getDiagnostics()));
      }
    } catch (IOException e) {
      throw new BadSource(names() + " could not be compiled: " + e.getMessage());
    }
    return classes.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toByteArray()));
  }

  private String names() {
    return sources.stream().map(SourceText::fileName).collect(Collectors.joining(", "));
  }

  /** Returns where these classes were loaded from, and whatever else the program has. */
  public static String classPath(Class<?>... libraries) {
    Stream<String> places =
        Stream.of(libraries)
            .flatMap(
                type -> Optional.ofNullable(type.getProtectionDomain().getCodeSource()).stream())
            .map(SourceCompiler::path);
    return Stream.concat(places, Stream.of(System.getProperty("java.class.path")))
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
    StringBuilder words =
        new StringBuilder(names() + (sources.size() == 1 ? " does" : " do") + " not compile:\n");
    errors.stream().limit(SHOWN).forEach(each -> words.append('\n').append(words(each)));
    if (errors.size() > SHOWN) {
      words.append("\n... and ").append(errors.size() - SHOWN).append(" more errors\n");
    }
    return words.toString();
  }

  /** As javac says it: file, line and column, the message, the line and a caret below it. */
  private static String words(Diagnostic<? extends JavaFileObject> error) {
    String message = error.getMessage(Locale.ROOT).stripTrailing();
    if (!(error.getSource() instanceof Text file) || error.getLineNumber() == Diagnostic.NOPOS) {
      return message + "\n";
    }
    String line = file.source.text().lines().skip(error.getLineNumber() - 1).findFirst().orElse("");
    return String.format(
        Locale.ROOT,
        "%s:%d:%d: %s%n%s%n%s^%n",
        file.source.fileName(),
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
    private final SourceText source;

    Text(SourceText source) {
      super(source.path().toAbsolutePath().toUri(), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source.text();
    }
  }

  /** Keeps what is compiled. */
  private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    InMemory(JavaFileManager standard) {
      super(standard);
    }

    /** Only from the class path: a file beside the given ones would not be in its version. */
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
