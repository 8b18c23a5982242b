package org.spikelet.app.lab;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.spikelet.app.experiment.Beside;
import org.spikelet.app.experiment.Claim;
import org.spikelet.app.experiment.Data;
import org.spikelet.app.experiment.Descent;
import org.spikelet.app.experiment.Experiment;
import org.spikelet.app.experiment.Measure;
import org.spikelet.app.experiment.Model;
import org.spikelet.app.experiment.Optimization;
import org.spikelet.app.experiment.Recipe;
import org.spikelet.app.experiment.Setup;
import org.spikelet.app.source.BadSource;
import org.spikelet.app.source.SourceCompiler;
import org.spikelet.app.source.SourceText;
import org.spikelet.autodiff.Tensor;
import org.spikelet.nn.Module;
import org.spikelet.optim.Optimizer;
import org.spikelet.spikes.detect.Spike;

/** A reader's experiment: a Java file, compiled, in a class loader of its own. */
final class ExperimentFile {

  /** A class of such a name in the file would hide the one that it needs. */
  private static final Set<String> TAKEN =
      List.of(
              Beside.class,
              Claim.class,
              Data.class,
              Descent.class,
              Experiment.class,
              Measure.class,
              Model.class,
              Optimization.class,
              Recipe.class,
              Setup.class)
          .stream()
          .map(Class::getSimpleName)
          .collect(Collectors.toUnmodifiableSet());

  private static final String OURS = "org.spikelet";

  private final SourceText text;
  private final Map<String, byte[]> classes;

  private ExperimentFile(SourceText text, Map<String, byte[]> classes) {
    this.text = text;
    this.classes = classes;
  }

  /**
   * Compiles a file. Nothing of it is run.
   *
   * @throws BadExperiment if it cannot be an experiment
   */
  static ExperimentFile compile(Path path) {
    SourceText text = read(path);
    if (TAKEN.contains(text.className())) {
      throw new BadExperiment(
          text.fileName()
              + ": a class of the name "
              + text.className()
              + " would hide Spikelet's own. Give file and class another name, such as My"
              + text.className()
              + ".");
    }
    Map<String, byte[]> classes = compile(text);
    if (classes.keySet().stream().anyMatch(name -> name.startsWith(OURS + "."))) {
      throw new BadExperiment(
          text.fileName()
              + ": a package that begins with "
              + OURS
              + " is Spikelet's own. Delete the line 'package ...;', or take another package.");
    }
    return new ExperimentFile(text, classes);
  }

  private static SourceText read(Path path) {
    String shown = "'" + path + "'";
    if (Files.notExists(path)) {
      throw new BadExperiment("There is no file " + shown + "; --experiment takes a Java source.");
    }
    if (!Files.isRegularFile(path) || !path.toString().endsWith(SourceText.SUFFIX)) {
      throw new BadExperiment(
          shown + " is no Java source; --experiment takes a file whose name ends with .java.");
    }
    try {
      SourceText text = SourceText.read(path);
      if (text.text().isBlank()) {
        throw new BadExperiment(
            shown + " is empty; docs/experiments.md has an example to begin with.");
      }
      return text;
    } catch (BadSource e) {
      throw new BadExperiment(e.getMessage());
    }
  }

  private static Map<String, byte[]> compile(SourceText text) {
    try {
      return SourceCompiler.compile(
          List.of(text),
          Optional.ofNullable(ToolProvider.getSystemJavaCompiler()),
          SourceCompiler.classPath(
              Experiment.class, Tensor.class, Module.class, Optimizer.class, Spike.class));
    } catch (BadSource e) {
      throw new BadExperiment(
          e.getMessage() + "\nNothing was run. Correct the file and run the command again.");
    }
  }

  /** Returns the name of the file. */
  String name() {
    return text.fileName();
  }

  /** Returns the path as it was given. */
  Path path() {
    return text.path();
  }

  /** Returns under what its runs are kept. */
  Source source() {
    return new Source(text.className() + ".", text.version());
  }

  /**
   * Asks for the claims: runs code of the file.
   *
   * @throws BadExperiment if there are none that can be tested, or an exception comes
   */
  List<Case> cases() {
    Experiment experiment = make(theExperiment());
    List<Claim> claims;
    try {
      claims = experiment.claims();
    } catch (Throwable e) {
      throw new BadExperiment(explain(e));
    }
    if (claims == null || claims.isEmpty() || claims.stream().anyMatch(each -> each == null)) {
      throw new BadExperiment(
          name() + ": claims() must return a list with at least one claim, and no null in it.");
    }
    return claims.stream().map(claim -> new Case(claim, Group.OWN, source())).toList();
  }

  private Class<?> theExperiment() {
    ClassLoader loader = new InMemoryLoader(classes);
    List<String> other = new ArrayList<>();
    List<Class<?>> experiments = new ArrayList<>();
    for (String name : classes.keySet().stream().sorted().toList()) {
      Class<?> type = load(loader, name);
      if (Experiment.class.isAssignableFrom(type)
          && !Modifier.isAbstract(type.getModifiers())
          && !type.isAnonymousClass()) {
        experiments.add(type);
      } else {
        other.add(name);
      }
    }
    if (experiments.isEmpty()) {
      throw new BadExperiment(
          String.format(
              "%s: no class in it is an Experiment (there is %s). Write: public final class %s"
                  + " implements Experiment.",
              name(), other.isEmpty() ? "none" : String.join(", ", other), text.className()));
    }
    if (experiments.size() > 1) {
      throw new BadExperiment(
          name()
              + ": several classes in it are Experiments: "
              + experiments.stream().map(Class::getName).collect(Collectors.joining(", "))
              + ". Keep one, whose claims() may return several claims; or put each into a file, and"
              + " name the files separated by commas.");
    }
    return experiments.get(0);
  }

  private Class<?> load(ClassLoader loader, String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new BadExperiment(name() + ": the class " + name + " cannot be loaded: " + e);
    }
  }

  private Experiment make(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Experiment) constructor.newInstance();
    } catch (NoSuchMethodException e) {
      throw new BadExperiment(
          name()
              + ": the class "
              + type.getName()
              + " needs a constructor without parameters; a class within another must be static.");
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      throw new BadExperiment(explain(e));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new BadExperiment(name() + ": no " + type.getName() + " can be made: " + e);
    }
  }

  /** Returns what went wrong, with the file's line if it came through there. */
  String explain(Throwable thrown) {
    Throwable what = thrown;
    while ((what instanceof InvocationTargetException
            || what instanceof ExecutionException
            || what instanceof ExceptionInInitializerError)
        && what.getCause() != null) {
      what = what.getCause();
    }
    String words =
        what.getClass().getSimpleName()
            + (what.getMessage() == null ? "" : ": " + what.getMessage());
    for (Throwable each = what; each != null; each = each.getCause()) {
      Optional<StackTraceElement> frame = frame(each.getStackTrace());
      if (frame.isPresent()) {
        return place(frame.get())
            + ": "
            + words
            + "\n    "
            + text.line(frame.get().getLineNumber());
      }
    }
    return words;
  }

  /** Returns file and line of the innermost of these calls that is in the file. */
  Optional<String> place(StackTraceElement... trace) {
    return frame(trace).map(this::place);
  }

  private String place(StackTraceElement frame) {
    return name() + ":" + frame.getLineNumber();
  }

  private Optional<StackTraceElement> frame(StackTraceElement... trace) {
    return Arrays.stream(trace)
        .filter(each -> classes.containsKey(each.getClassName()))
        .findFirst();
  }

  /** Gives the file's classes to the JVM; everything else comes from the program. */
  private static final class InMemoryLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    InMemoryLoader(Map<String, byte[]> classes) {
      super(Experiment.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
