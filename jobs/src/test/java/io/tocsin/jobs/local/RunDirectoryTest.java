// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDirectoryTest {
  private static final String TEMPORARY = "java.io.tmpdir";

  @TempDir Path outer;
  private String before;

  @BeforeEach
  void useATemporaryDirectoryOfOurOwn() {
    before = System.setProperty(TEMPORARY, outer.toString());
  }

  @AfterEach
  void restore() {
    System.setProperty(TEMPORARY, before);
    System.clearProperty("tocsin.log");
  }

  @Test
  void aTemporaryOneIsDeletedWithAllThatLibrariesLeave() throws Exception {
    RunDirectory directory = RunDirectory.open(null);
    Files.writeString(Path.of(System.getProperty(TEMPORARY), "library.so"), "x");
    Files.writeString(directory.log(), "line");

    directory.close();

    assertThat(outer).isEmptyDirectory();
  }

  @Test
  void ofARunThatFailedOnlyTheLogsAreLeft() throws Exception {
    RunDirectory directory = RunDirectory.open(null);
    Files.createDirectories(directory.path().resolve("kafka/log"));
    Files.writeString(directory.log(), "line");
    directory.failed();

    directory.close();

    try (var files = Files.list(directory.path())) {
      assertThat(files).containsExactly(directory.log());
    }
  }

  @Test
  void theOneThatIsToBeKeptIsKept() throws Exception {
    Path kept = outer.resolve("data");
    RunDirectory directory = RunDirectory.open(kept);
    Files.createDirectories(kept.resolve("kafka"));

    directory.close();

    assertThat(kept.resolve("kafka")).exists();
    assertThat(directory.isTemporary()).isFalse();
  }

  @Test
  void aDirectoryThatCannotBeUsedIsSaid() throws Exception {
    Path file = Files.writeString(outer.resolve("file"), "x");

    assertThatThrownBy(() -> RunDirectory.open(file))
        .isInstanceOf(LocalRunException.class)
        .hasMessageStartingWith("The directory " + file + " cannot be used: ");
  }
}
