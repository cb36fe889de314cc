// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run. Those of a temporary one are deleted with it; of a run that failed the logs
 * are left. One that is kept is locked for as long as the run lasts.
 */
final class RunDirectory implements AutoCloseable {
  private static final String SYSTEM_TEMPORARY = "java.io.tmpdir";
  private static final String TEMPORARY = "temporary";
  private static final String LOCK = "lock";
  private static final long NEEDED_MEGABYTES = 1_000;

  private final Path path;
  private final @Nullable FileChannel lock;
  private volatile boolean failed;

  private RunDirectory(Path path, @Nullable FileChannel lock) {
    this.path = path;
    this.lock = lock;
    Logs.writeTo(log());
  }

  /**
   * A directory for this run, or the given one that outlives it. All that libraries put into the
   * system's directory for temporary files goes there, too, so that it ends with the run: this has
   * to be called before them.
   *
   * @throws LocalRunException when it cannot be used, or another run uses it
   */
  static RunDirectory open(@Nullable Path kept) {
    Path path = kept == null ? ownPath() : kept.toAbsolutePath();
    try {
      Files.createDirectories(path);
      if (kept == null) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
      FileChannel lock = kept == null ? null : lock(path);
      requireRoom(path, kept == null);
      Path files = Files.createDirectories(path.resolve(TEMPORARY));
      System.setProperty(SYSTEM_TEMPORARY, files.toString());
      return new RunDirectory(path, lock);
    } catch (IOException e) {
      throw new LocalRunException(
          "The directory %s cannot be used: %s.".formatted(path, Causes.first(e)), e);
    }
  }

  private static Path ownPath() {
    String name = "tocsin-" + Long.toHexString(new SecureRandom().nextLong());
    return Path.of(System.getProperty(SYSTEM_TEMPORARY), name);
  }

  /** The lock is held until the channel is closed or the process ends, however it does. */
  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (isLocked(channel)) {
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(Long.toString(ProcessHandle.current().pid())));
      return channel;
    }
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid);
    channel.close();
    throw new LocalRunException(
        ("The directory %s is in use by another ./tocsin (pid %s); end that one or choose another"
                + " with --data.")
            .formatted(path, StandardCharsets.UTF_8.decode(pid.flip())));
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // By another run of this very process.
      return false;
    }
  }

  private static void requireRoom(Path path, boolean own) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace() >> 20;
    if (free < NEEDED_MEGABYTES) {
      if (own) {
        Directories.delete(path);
      }
      throw new LocalRunException(
          "Only %d MB are free at %s; %d MB are needed.".formatted(free, path, NEEDED_MEGABYTES));
    }
  }

  Path path() {
    return path;
  }

  boolean isTemporary() {
    return lock == null;
  }

  /** The log of this process. */
  Path log() {
    return path.resolve("tocsin.log");
  }

  /** Says that the logs will be wanted. */
  void failed() {
    failed = true;
  }

  @Override
  public void close() {
    Directories.delete(path.resolve(TEMPORARY));
    if (lock != null) {
      release(lock);
      return;
    }
    Directories.delete(path.resolve("kafka"));
    Directories.delete(path.resolve("flink"));
    if (!failed) {
      Directories.delete(path);
    }
  }

  private static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // The end of the process releases it.
    }
  }
}
