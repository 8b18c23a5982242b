package org.spikelet.show;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import org.spikelet.autodiff.Operation;
import org.spikelet.autodiff.Tape;
import org.spikelet.autodiff.TapeObserver;
import org.spikelet.autodiff.Tensor;

/**
 * Keeps what happens on a tape, to be looked at: as one HTML page that needs no other file and no
 * network, with a slider that walks forward and back, or as a table.
 *
 * <pre>{@code
 * TapeView view = new TapeView();
 * try (Tape tape = Tape.record(view)) {
 *   … tape.gradients(loss);
 * }
 * view.write(Path.of("tape.html"));        // or: System.out.println(view)
 * }</pre>
 *
 * <p>Of several tapes, those opened inside the tape included, it keeps the first that is walked
 * back; {@link #ofStep} another one. If none is, it keeps the one on which something was computed
 * last. It keeps numbers about each tensor and at most 24 of its elements, of at most 600
 * operations; and it looks up the line of the program for each, so it is slow: for a look, not for
 * every run.
 *
 * <p>It belongs to one thread, as a tape does.
 */
public final class TapeView implements TapeObserver {

  /** Every page has this line, by which a page is known that may be replaced. */
  static final String MARK = "<meta name=\"generator\" content=\"Spikelet, the tape seen\">";

  private static final int HEAD = 1_000;

  private final int step;
  private String title = "A tape";
  private final Deque<String> layers = new ArrayDeque<>();
  private final Map<Tape, Recording> recordings = new WeakHashMap<>();
  private Optional<Recording> latest = Optional.empty();
  private Optional<Recording> chosen = Optional.empty();
  private int walked;

  /** Keeps the first tape that is walked back. */
  public TapeView() {
    this(1);
  }

  private TapeView(int step) {
    this.step = step;
  }

  /**
   * Returns a view that keeps the n-th of the tapes that are walked back: the n-th step, where each
   * step of a training has a tape of its own.
   *
   * @param n from 1
   * @throws IllegalArgumentException if n is less than 1
   */
  public static TapeView ofStep(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("ofStep: steps are counted from 1, got " + n);
    }
    return new TapeView(n);
  }

  /** Gives the page a heading, instead of "A tape"; returns this. */
  public TapeView titled(String heading) {
    title = Objects.requireNonNull(heading);
    return this;
  }

  /** Returns how many tapes were walked back until now, up to the one that is kept. */
  public int steps() {
    return walked;
  }

  /** Returns whether the tape to keep was found and another one has begun since: it is complete. */
  public boolean isComplete() {
    return chosen.isPresent() && chosen.get().isOver();
  }

  /** Returns what is kept of this tape, or nothing if it is none to keep. */
  private Optional<Recording> recording(Tape tape) {
    Recording known = recordings.get(tape);
    if (known != null) {
      return chosen.isEmpty() || chosen.get() == known ? Optional.of(known) : Optional.empty();
    }
    chosen.ifPresent(Recording::end);
    if (chosen.isPresent()) {
      return Optional.empty();
    }
    // A tape that was walked back and not chosen is an earlier step.
    recordings.values().removeIf(Recording::isWalked);
    Recording begun = new Recording();
    recordings.put(tape, begun);
    return Optional.of(begun);
  }

  @Override
  public void partStarts(String name) {
    layers.addLast(name);
  }

  @Override
  public void partEnds(String name) {
    layers.removeLast();
  }

  @Override
  public void computed(Tape tape, Operation operation) {
    recording(tape)
        .ifPresent(
            found -> {
              found.computed(tape, operation, String.join(".", layers));
              latest = Optional.of(found);
            });
  }

  @Override
  public void walkStarts(Tape tape, Tensor y, Tensor upstream) {
    recording(tape)
        .ifPresent(
            found -> {
              if (!found.isWalked() && ++walked == step) {
                chosen = Optional.of(found);
              }
              found.walkStarts(tape, y, upstream);
            });
  }

  @Override
  public void ruleStarts(Tape tape, Operation operation, Operation.Input input, Tensor gradient) {
    recording(tape).ifPresent(found -> found.ruleStarts(operation));
  }

  @Override
  public void ruleEnds(
      Tape tape, Operation operation, Operation.Input input, Tensor gradient, Tensor derivative) {
    recording(tape)
        .ifPresent(found -> found.ruleEnds(tape, operation, input, gradient, derivative));
  }

  @Override
  public void walkEnds(Tape tape) {
    recording(tape).ifPresent(Recording::walkEnds);
  }

  private Recording kept() {
    return chosen
        .or(() -> latest)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "tape view: nothing was computed yet; open the tape by Tape.record(view), and"
                        + " look when it has been used"));
  }

  /** Returns the page as text. */
  public String page() {
    return TapePage.of(title, kept());
  }

  /**
   * Writes the page. It replaces an older page of its kind, and no other file; where there is a
   * link, the page that it leads to.
   *
   * @throws FileAlreadyExistsException if another file of this name is there
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    String page = page();
    if (Files.exists(file) && !isPage(file)) {
      throw new FileAlreadyExistsException(
          file.toString(),
          null,
          "this file is no picture of a tape and is left as it is; choose another name");
    }
    try {
      replace(Files.isSymbolicLink(file) ? file.toRealPath() : file, page);
    } catch (IOException e) {
      IOException named = new FileSystemException(file.toString(), null, reason(e));
      named.initCause(e);
      throw named;
    }
  }

  private static void replace(Path file, String page) throws IOException {
    Path unfinished = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID());
    try {
      Files.writeString(unfinished, page, StandardCharsets.UTF_8);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Without the name of a file, for the system names the unfinished one, or none. */
  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    if (e instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    return e instanceof FileSystemException system ? system.getReason() : e.getMessage();
  }

  private static boolean isPage(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains(MARK);
    }
  }

  /** Returns the tape as a table of 80 columns, forward and back. */
  @Override
  public String toString() {
    return chosen.or(() -> latest).isEmpty()
        ? "TapeView, nothing computed yet"
        : TapeTable.of(title, kept());
  }
}
