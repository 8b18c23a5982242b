package org.spikelet.app.learn;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.spikelet.app.command.WriteFailure;
import org.spikelet.app.source.BadSource;
import org.spikelet.app.source.SourceText;

/**
 * The learner's folder: a Java file for each chapter that was opened, in {@code course/}, and which
 * of them have passed.
 *
 * <p>It may be a project of an editor's: nothing else in it is read, and nothing is overwritten but
 * the list of what has passed and the classes of the last check.
 */
final class CourseFolder {

  private static final String PASSED = ".passed";
  private static final String COMMENT =
      "Chapters that passed, and the code that did; written by spikelet learn";
  private static final String CLASSES = ".classes";

  private final Path folder;

  CourseFolder(Path folder) {
    this.folder = folder;
  }

  /** Where a chapter's file is, or will be. */
  Path file(Chapter chapter) {
    return folder.resolve("course").resolve(chapter.fileName());
  }

  /** How far a chapter is. */
  enum State {
    /** Its file is not there. */
    NEW("not begun"),
    /** Its file is as shipped. */
    OPEN("open"),
    /** Its file has not passed. */
    BEGUN("begun"),
    /** Its file has passed, but is not the same any more. */
    CHANGED("changed since it passed"),
    /** Its file is not text in UTF-8, or may not be read. */
    UNREADABLE("cannot be read"),
    /** Its file has passed. */
    DONE("done");

    private final String words;

    State(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Returns how far a chapter is. */
  State state(Chapter chapter) throws IOException {
    if (!Files.exists(file(chapter))) {
      return State.NEW;
    }
    SourceText source;
    try {
      source = SourceText.read(file(chapter));
    } catch (BadSource e) {
      return State.UNREADABLE; // why, its check will say
    }
    Optional<String> passed = passed(chapter);
    if (passed.isPresent()) {
      return passed.get().equals(source.version()) ? State.DONE : State.CHANGED;
    }
    SourceText shipped = new SourceText(source.path(), chapter.exercise().shipped());
    return source.version().equals(shipped.version()) ? State.OPEN : State.BEGUN;
  }

  /**
   * Lays the files of a chapter and of those before it that are not there, so that an editor can
   * compile them.
   *
   * @return what is new
   */
  List<Path> open(Chapter chapter) throws IOException {
    List<Path> laid = new ArrayList<>();
    for (Chapter each : Chapter.ALL.subList(0, chapter.number())) {
      Path file = file(each);
      if (!Files.exists(file)) {
        write(
            file,
            () -> {
              Files.createDirectories(file.getParent());
              Files.writeString(file, each.exercise().shipped());
            });
        laid.add(file);
      }
    }
    return laid;
  }

  /** Keeps that a chapter's file has passed as it is. */
  void pass(Chapter chapter, SourceText source) throws IOException {
    Properties passed = read();
    passed.setProperty(String.valueOf(chapter.number()), source.version());
    Path file = folder.resolve(PASSED);
    write(
        file,
        () -> {
          Path made = Files.createTempFile(folder, PASSED, ".new"); // another check may read it now
          try (var out = Files.newBufferedWriter(made)) {
            passed.store(out, COMMENT);
          }
          Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  /** What writes a file. */
  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Path file, Writing writing) throws IOException {
    try {
      writing.run();
    } catch (IOException e) {
      throw new IOException(
          "'"
              + file
              + "' could not be written ("
              + WriteFailure.reason(e)
              + "). Choose a folder that you may write to with --folder.",
          e);
    }
  }

  /**
   * Keeps the learner's classes that a check has used, in place of those of the check before.
   *
   * @return where they are, as a class path has them
   */
  Path keep(Map<String, byte[]> classes) throws IOException {
    Path kept = folder.resolve(CLASSES);
    write(
        kept,
        () -> {
          Path course = Files.createDirectories(kept.resolve("course"));
          try (Stream<Path> before = Files.list(course)) {
            for (Path file : before.filter(each -> each.toString().endsWith(".class")).toList()) {
              Files.deleteIfExists(file); // another check may be at it
            }
          }
          Judge.write(classes, kept);
        });
    return kept;
  }

  private Optional<String> passed(Chapter chapter) throws IOException {
    return Optional.ofNullable(read().getProperty(String.valueOf(chapter.number())));
  }

  private Properties read() throws IOException {
    Properties passed = new Properties();
    Path file = folder.resolve(PASSED);
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        passed.load(in);
      } catch (IllegalArgumentException | CharacterCodingException e) {
        return new Properties(); // not as it was written; each chapter can be checked again
      } catch (IOException e) {
        throw new IOException("'" + file + "' cannot be read (" + WriteFailure.reason(e) + ").", e);
      }
    }
    return passed;
  }
}
