// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run. Those of a temporary one are deleted with it; of a run that failed the logs
 * are left.
 */
final class RunDirectory implements AutoCloseable {
  private final Path path;
  private final boolean temporary;
  private volatile boolean failed;

  private RunDirectory(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
    Logs.writeTo(log());
  }

  /** A directory for this run, or the given one that outlives it. */
  static RunDirectory open(@Nullable Path kept) {
    try {
      return kept == null
          ? new RunDirectory(Files.createTempDirectory("tocsin-"), true)
          : new RunDirectory(Files.createDirectories(kept.toAbsolutePath()), false);
    } catch (IOException e) {
      throw new LocalRunException(
          "The directory %s cannot be created: %s."
              .formatted(
                  kept == null ? System.getProperty("java.io.tmpdir") : kept, Causes.first(e)),
          e);
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
