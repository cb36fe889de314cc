// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.jobs.shop.FaultKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class BreakCommandTest {
  @TempDir Path directory;
  private ControlFile file;
  private ControlServer demo;

  private final List<String> orders = new ArrayList<>();
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void chooseAFile() {
    file = ControlFile.in(directory.resolve("control"), Path.of("/checkout"));
  }

  @AfterEach
  void endDemo() throws Exception {
    if (demo != null) {
      demo.close();
    }
  }

  private void startDemo() throws Exception {
    demo = new ControlServer(file, this::take);
  }

  private int breakIt(String... args) throws Exception {
    CommandLine line = new CommandLine(new BreakCommand(file));
    line.setOut(new PrintWriter(out));
    line.setExecutionExceptionHandler(
        (thrown, command, result) -> {
          throw thrown;
        });
    return line.execute(args);
  }

  private String take(FaultChoice choice, Duration time) {
    orders.add(choice + " " + time);
    return "done";
  }

  @Test
  void theDemoThatRunsBreaksTheService() throws Exception {
    startDemo();
    assertThat(breakIt("cart", "cpu-hog", "--for", "90s")).isZero();
    assertThat(orders)
        .containsExactly(new FaultChoice("cart", FaultKind.CPU_HOG) + " " + Duration.ofSeconds(90));
    assertThat(out.toString().strip()).isEqualTo("done");
  }

  @Test
  void withoutADemoThatIsSaid() throws Exception {
    assertThatThrownBy(() -> new BreakCommandTestCall(file).call())
        .isInstanceOf(LocalRunException.class)
        .hasMessage("No demo is running here; start one with ./tocsin demo.");
  }

  /** Calls the command without picocli between the exception and the test. */
  private record BreakCommandTestCall(ControlFile file) {
    void call() throws Exception {
      BreakCommand command = new BreakCommand(file);
      new CommandLine(command).parseArgs("cart", "cpu-hog");
      command.call();
    }
  }

  @Test
  void theFileOfADemoThatDiedIsNotBelieved() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    file.write(new ControlFile.Demo(java.net.URI.create("http://127.0.0.1:1"), "t", dead.pid()));

    assertThat(file.read()).isEmpty();
  }

  @Test
  void aDemoThatEndsTakesItsFileAway() throws Exception {
    new ControlServer(file, this::take).close();

    assertThat(directory.resolve("control")).doesNotExist();
  }

  @Test
  void theFileIsForItsOwnerOnly() throws Exception {
    startDemo();
    try (var files = Files.list(directory.resolve("control"))) {
      assertThat(files.map(BreakCommandTest::permissions))
          .containsExactly(
              java.util.Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }
  }

  private static java.util.Set<PosixFilePermission> permissions(Path path) {
    try {
      return Files.getPosixFilePermissions(path);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void checkoutsHaveFilesOfTheirOwn() throws Exception {
    ControlFile other = ControlFile.in(directory.resolve("control"), Path.of("/other"));
    startDemo();
    assertThat(file.read()).isPresent();
    assertThat(other.read()).isEmpty();
  }

  @Test
  void anOrderWithoutTheTokenIsRefused() throws Exception {
    startDemo();
    assertThat(post("cart\ncpu-hog\n60", "wrong").statusCode()).isEqualTo(403);
    assertThat(orders).isEmpty();
  }

  @Test
  void anOrderThatMakesNoSenseIsRefused() throws Exception {
    startDemo();
    String token = file.read().orElseThrow().token();

    assertThat(post("cart", token).statusCode()).isEqualTo(400);
    assertThat(post("cart\ncpu-hog\nlong", token).statusCode()).isEqualTo(400);
    assertThat(post("card\ncpu-hog\n60", token).statusCode()).isEqualTo(409);
    assertThat(orders).isEmpty();
  }

  private HttpResponse<String> post(String order, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(file.read().orElseThrow().uri().resolve(ControlServer.PATH))
            .header(ControlServer.TOKEN, token)
            .POST(HttpRequest.BodyPublishers.ofString(order))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
