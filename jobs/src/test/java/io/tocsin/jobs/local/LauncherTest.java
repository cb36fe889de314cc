// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a checkout of its own, with programs on its path that tell what we want. */
final class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "awk",
          "cat",
          "df",
          "dirname",
          "find",
          "grep",
          "head",
          "mkdir",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail");

  private static final String JAVA_17 = "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2";
  private static final String MAVEN = "echo 'Apache Maven 3.8.7'";

  @TempDir Path directory;
  private Path checkout;
  private Path programs;

  @BeforeEach
  void layOut() throws IOException {
    checkout = Files.createDirectories(directory.resolve("check out"));
    programs = Files.createDirectories(directory.resolve("bin"));
    Files.copy(launcher(), checkout.resolve("tocsin"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    for (String tool : TOOLS) {
      program(tool, "exec " + find(tool) + " \"$@\"");
    }
  }

  private static Path launcher() {
    return Stream.of("../tocsin", "tocsin")
        .map(Path::of)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow();
  }

  private static Path find(String tool) {
    return Stream.of("/bin", "/usr/bin")
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private void program(String name, String script) throws IOException {
    Path program = programs.resolve(name);
    Files.deleteIfExists(program);
    Files.writeString(program, "#!/bin/bash\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What the launcher said, and its exit code. */
  private record Outcome(int code, String said) {}

  private Outcome launch(String... args) throws Exception {
    return launch(checkout.resolve("tocsin"), args);
  }

  private Outcome launch(Path script, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/bash", script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("JAVA"));
    builder.environment().put("PATH", programs.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), said.strip());
  }

  private void assertRefused(String pattern) throws Exception {
    Outcome outcome = launch("demo");

    assertThat(outcome.said()).matches(pattern).doesNotContain("\n");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void withoutJavaItSaysWhatToInstall() throws Exception {
    assertRefused("Java was not found; Tocsin needs a JDK 17 or 21: install one .*JAVA_HOME.*");
  }

  @Test
  void anOldJavaIsRefused() throws Exception {
    program("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    assertRefused(".*/java is version 11; Tocsin needs a JDK 17 or 21: .*");
    program("java", "echo 'java version \"1.8.0_292\"' >&2");
    assertRefused(".*/java is version 8; Tocsin needs a JDK 17 or 21: .*");
  }

  @Test
  void aJavaThatTheBuildDoesNotKnowIsRefused() throws Exception {
    program("java", "echo 'openjdk version \"25\" 2025-09-16' >&2");
    assertRefused(".*/java is version 25; Tocsin is built with JDK 17 or 21: .*");
  }

  @Test
  void aJreIsNotEnough() throws Exception {
    program("java", JAVA_17);
    assertRefused("Java was found, but no compiler \\(javac\\); Tocsin needs a JDK, .*");
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    program("java", JAVA_17);
    program("javac", "true");
    assertRefused("Maven was not found; install Maven 3.8 or newer .*");
  }

  @Test
  void anOldMavenIsRefused() throws Exception {
    program("java", JAVA_17);
    program("javac", "true");
    program("mvn", "echo 'Apache Maven 3.6.3 (cecedd343002696d0abb50b32b541b8a6ba2883f)'");
    assertRefused("Maven is version 3.6; Tocsin needs Maven 3.8 or newer.");
  }

  @Test
  void tooLittleRoomIsRefused() throws Exception {
    program("java", JAVA_17);
    program("javac", "true");
    program("mvn", MAVEN);
    program("df", "echo header; echo '/dev/sda 9 9 512000 99% /'");
    assertRefused("Only 500 MB are free at .*; building Tocsin needs 2048 MB, .*");
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndWhereItsLogIs() throws Exception {
    program("java", JAVA_17);
    program("javac", "true");
    program("mvn", "[ \"$2\" = --version ] && " + MAVEN + " && exit\necho '[ERROR] no'; exit 1");

    Outcome outcome = launch("demo");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.said())
        .contains("[ERROR] no")
        .containsPattern("The build failed after \\d+ s; its log is .*target/build.log\\.");
    assertThat(checkout.resolve("benchmarks/target/classpath")).doesNotExist();
  }

  @Test
  void itBuildsOnceAndOnceAgainWhenASourceHasChanged() throws Exception {
    fakeBuild();

    assertThat(launch("demo", "--once").said()).contains("Built in").endsWith("Tocsin demo --once");
    assertThat(launch("demo").said()).isEqualTo("ran io.tocsin.jobs.local.Tocsin demo");

    FileTime longAgo = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(checkout.resolve("benchmarks/target/classpath"), longAgo);
    assertThat(launch("break", "cart", "cpu-hog").said()).doesNotContain("Built in");
    assertThat(launch("demo").said()).contains("Built in");
    assertThat(launch("demo").said()).doesNotContain("Built in");
  }

  @Test
  void itBuildsAgainWhenALibraryIsGone() throws Exception {
    fakeBuild();
    launch("demo");

    Files.delete(checkout.resolve("x.jar"));

    assertThat(launch("help").said()).contains("Built in");
    assertThat(launch("help").said()).doesNotContain("Built in");
  }

  @Test
  void aLibraryThatABuildDoesNotBringIsSaid() throws Exception {
    fakeBuild();
    Files.createDirectories(checkout.resolve("benchmarks/target"));
    Files.createSymbolicLink(checkout.resolve("x.jar"), checkout.resolve("gone/x.jar"));

    Outcome outcome = launch("demo");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.said())
        .endsWith("x.jar cannot be read, not even after a build; see that it may be.");
  }

  @Test
  void itWorksFromAnywhereAndByALink() throws Exception {
    fakeBuild();
    Path link = Files.createSymbolicLink(directory.resolve("link"), checkout.resolve("tocsin"));

    Outcome outcome = launch(link, "help");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.said()).endsWith("ran io.tocsin.jobs.local.Tocsin help");
  }

  /**
   * A Maven that writes the class path if it is another one, and a Java that tells what it was
   * asked to run.
   */
  private void fakeBuild() throws IOException {
    program(
        "java",
        "[ \"$1\" = -version ] && { "
            + JAVA_17
            + "; exit; }\nwhile [ \"$1\" != io.tocsin.jobs.local.Tocsin ]; do shift; done\n"
            + "echo \"ran $*\"");
    program("javac", "true");
    program(
        "mvn",
        "[ \"$2\" = --version ] && { "
            + MAVEN
            + "; exit; }\n"
            + "mkdir -p benchmarks/target\n"
            + "[ -L x.jar ] || : >x.jar\n"
            + "[ -f benchmarks/target/classpath ] || echo \"$PWD/x.jar\" >benchmarks/target/classpath");
  }
}
