package org.spikelet.optim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spikelet.optim.file.Disk;

/** A disk whose n-th call fails, and perhaps all after it; a write that fails has done its half. */
final class FaultyDisk implements Disk {

  /** What fails. */
  enum Fault {
    /** One call. */
    ONCE,
    /** That one and all later ones, as on a disk that is gone. */
    FROM_THEN_ON,
    /** From then on all that makes a file or makes it longer; deleting works. */
    FULL
  }

  static final int NEVER = -1;

  final List<String> calls = new ArrayList<>();
  private final int failing;
  private final Fault fault;

  FaultyDisk(int failing, Fault fault) {
    this.failing = failing;
    this.fault = fault;
  }

  private boolean fails(String call) {
    int number = calls.size();
    calls.add(call);
    return switch (fault) {
      case ONCE -> number == failing;
      case FROM_THEN_ON -> failing != NEVER && number >= failing;
      case FULL ->
          failing != NEVER && number >= failing && List.of("create", "write").contains(call);
    };
  }

  private IOException error() {
    return new IOException(fault == Fault.FULL ? "No space left on device" : "Input/output error");
  }

  private void call(String call) throws IOException {
    if (fails(call)) {
      throw error();
    }
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    call("create");
    return Disk.super.create(file);
  }

  @Override
  public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    boolean fails = fails("write");
    // A part of it, as file systems may: so that there is more than one call.
    int count = Math.max(1, bytes.remaining() / 2);
    ByteBuffer part = bytes.slice().limit(count);
    while (part.hasRemaining()) {
      channel.write(part);
    }
    if (fails) {
      throw error();
    }
    bytes.position(bytes.position() + count);
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    call("force");
    Disk.super.force(channel);
  }

  @Override
  public void close(FileChannel channel) throws IOException {
    try {
      call("close");
    } finally {
      Disk.super.close(channel);
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    call("move");
    Disk.super.move(from, to);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    call("forceFolder");
    Disk.super.forceFolder(folder);
  }

  @Override
  public void delete(Path file) throws IOException {
    call("delete");
    Disk.super.delete(file);
  }
}
