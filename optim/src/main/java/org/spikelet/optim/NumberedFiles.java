package org.spikelet.optim;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.spikelet.optim.file.SectionFile;

/** The checkpoints in a folder, which have the number of steps in their names. */
final class NumberedFiles {

  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{6,18})\\.spk");

  private NumberedFiles() {}

  static Path of(Path folder, long step) {
    return folder.resolve(String.format(Locale.ROOT, "checkpoint-%06d.spk", step));
  }

  /** The step in a name; empty if it is no such name. */
  static OptionalLong step(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** The steps of which there are files, the first one first. */
  static List<Long> steps(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(NumberedFiles::step)
          .flatMapToLong(OptionalLong::stream)
          .sorted()
          .boxed()
          .toList();
    }
  }

  /** Deletes those that a process was writing when it was killed. */
  static void deleteUnfinished(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (SectionFile.target(file).filter(target -> step(target).isPresent()).isPresent()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** The newest whole one before a file, in words; nothing if there is none. */
  static String offerBefore(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    OptionalLong step = step(file);
    if (step.isEmpty()) {
      return "";
    }
    try {
      return newestWhole(folder, step.getAsLong())
          .map(
              whole ->
                  "; %s is whole: move the damaged one out of the folder to resume from there"
                      .formatted(whole.getFileName()))
          .orElse("; there is no whole one before it");
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<Path> newestWhole(Path folder, long before) throws IOException {
    List<Long> steps = steps(folder);
    for (int k = steps.size() - 1; k >= 0; k--) {
      Path candidate = of(folder, steps.get(k));
      if (steps.get(k) < before && isWhole(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isWhole(Path file) {
    try {
      SectionFile.read(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Why the file system refused; the message of some exceptions is a path and nothing else, or that
   * of a file that nobody knows: then its folder is meant.
   */
  static String reason(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    if (!(e instanceof FileSystemException refused) || refused.getReason() != null) {
      String message = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
      return message == null ? e.getClass().getSimpleName() : message;
    }
    Path file = Path.of(String.valueOf(refused.getFile()));
    boolean aside = SectionFile.target(file).isPresent();
    String name = aside ? "folder '" + file.getParent() + "'" : "'" + file + "'";
    if (e instanceof NoSuchFileException) {
      return "there is no " + name;
    }
    if (e instanceof AccessDeniedException) {
      return "access to " + name + " is denied";
    }
    return e instanceof FileAlreadyExistsException
        ? name + " is a file"
        : e.getClass().getSimpleName() + " of " + name;
  }
}
