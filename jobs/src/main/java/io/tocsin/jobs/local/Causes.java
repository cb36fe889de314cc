// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Finds what to tell of an exception. */
final class Causes {
  private Causes() {}

  /** The message of the cause at the bottom, without a full stop. */
  static String first(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    if (cause instanceof FileSystemException failed && failed.getReason() == null) {
      return failed.getFile() + " " + whatIsWrong(failed);
    }
    String message = cause.getMessage();
    String told = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    String line = told.strip().lines().findFirst().orElse("");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  /** These have only the file's name as their message. */
  private static String whatIsWrong(FileSystemException failed) {
    if (failed instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (failed instanceof AccessDeniedException) {
      return "may not be used: permission denied";
    }
    // What creates directories says this when a file is in the way.
    if (failed instanceof FileAlreadyExistsException || failed instanceof NotDirectoryException) {
      return "is not a directory";
    }
    return "fails with " + failed.getClass().getSimpleName();
  }
}
