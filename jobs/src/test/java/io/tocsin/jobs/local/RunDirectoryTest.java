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
    System.clearProperty("tocsin.log.appender");
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
        .hasMessage("The directory %s cannot be used: %s is not a directory.", file, file);
  }

  @Test
  void aDirectoryThatAnotherProcessUsesIsLeftAlone() throws Exception {
    Path kept = outer.resolve("data");
    Process other = useInAnotherProcess(kept);
    try (var lines = other.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("open");

      assertThatThrownBy(() -> RunDirectory.open(kept))
          .isInstanceOf(LocalRunException.class)
          .hasMessage(
              "The directory %s is in use by another ./tocsin (pid %d); end that one or choose"
                  + " another with --data.",
              kept, other.pid());
      assertThat(kept.resolve("temporary/library.so")).exists();
    } finally {
      other.destroyForcibly().waitFor();
    }
    RunDirectory.open(kept).close();
  }

  @Test
  void aDirectoryThatThisProcessUsesIsFreeWhenItIsClosed() {
    Path kept = outer.resolve("data");
    RunDirectory first = RunDirectory.open(kept);
    assertThatThrownBy(() -> RunDirectory.open(kept)).hasMessageContaining("is in use by another");

    first.close();

    RunDirectory.open(kept).close();
  }

  private static Process useInAnotherProcess(Path directory) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Uses a directory until it is ended. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws Exception {
      RunDirectory.open(Path.of(args[0]));
      Files.writeString(Path.of(System.getProperty(TEMPORARY), "library.so"), "x");
      System.out.println("open");
      Thread.currentThread().join();
    }
  }
}
