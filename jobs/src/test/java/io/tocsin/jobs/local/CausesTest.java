// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class CausesTest {

  @Test
  void theDeepestCauseIsToldWithoutItsFullStop() {
    assertThat(
            Causes.first(new IllegalStateException("outer", new IOException("The disk is full."))))
        .isEqualTo("The disk is full");
  }

  @Test
  void anExceptionOnAFileSaysWhatIsWrongWithIt() {
    assertThat(Causes.first(new NoSuchFileException("/proc/x")))
        .isEqualTo("/proc/x does not exist");
    assertThat(Causes.first(new AccessDeniedException("/root/x")))
        .isEqualTo("/root/x may not be used: permission denied");
    assertThat(Causes.first(new FileAlreadyExistsException("/tmp/x")))
        .isEqualTo("/tmp/x is not a directory");
  }

  @Test
  void whatTheSystemSaysOfAFileIsKept() {
    assertThat(Causes.first(new FileSystemException("/x", null, "Read-only file system")))
        .isEqualTo("/x: Read-only file system");
  }
}
