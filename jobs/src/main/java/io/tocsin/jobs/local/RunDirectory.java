// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run. Those of a temporary one are deleted with it; of a run that failed the logs
 * are left.
 */
final class RunDirectory implements AutoCloseable {
  private static final String SYSTEM_TEMPORARY = "java.io.tmpdir";
  private static final String TEMPORARY = "temporary";
  private static final long NEEDED_MEGABYTES = 1_000;

  private final Path path;
  private final boolean temporary;
  private volatile boolean failed;

  private RunDirectory(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
    Logs.writeTo(log());
  }

  /**
   * A directory for this run, or the given one that outlives it. All that libraries put into the
   * system's directory for temporary files goes there, too, so that it ends with the run: this has
   * to be called before them.
   */
  static RunDirectory open(@Nullable Path kept) {
    Path path = kept == null ? ownPath() : kept.toAbsolutePath();
    try {
      Files.createDirectories(path);
      if (kept == null) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
      requireRoom(path, kept == null);
      Path files = Files.createDirectories(path.resolve(TEMPORARY));
      System.setProperty(SYSTEM_TEMPORARY, files.toString());
      return new RunDirectory(path, kept == null);
    } catch (IOException e) {
      throw new LocalRunException(
          "The directory %s cannot be used: %s.".formatted(path, Causes.first(e)), e);
    }
  }

  private static Path ownPath() {
    String name = "tocsin-" + Long.toHexString(new SecureRandom().nextLong());
    return Path.of(System.getProperty(SYSTEM_TEMPORARY), name);
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
    return temporary;
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
    if (!temporary) {
      return;
    }
    Directories.delete(path.resolve("kafka"));
    Directories.delete(path.resolve("flink"));
    if (!failed) {
      Directories.delete(path);
    }
  }
}
