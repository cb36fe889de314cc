// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.jobs.local.LocalRunException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A process that ends with this one, however this one ends, and is deaf to the Ctrl-C that a
 * terminal sends to it as well: when it ends is for its parent to decide.
 */
final class ChildProcess implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final int LOWEST_PORT = 20_000;
  private static final int HIGHEST_PORT = 32_000;

  /** Becomes the program; a shell behind it ends it when nobody holds its own input any more. */
  private static final String GUARDED =
      "trap '' INT; exec 3<&0; (cat <&3 >/dev/null; kill -9 $$ 2>/dev/null) &"
          + " exec \"$0\" \"$@\" 3<&- </dev/null";

  /** Becomes a program that watches its input by itself. */
  private static final String WATCHING = "trap '' INT; exec \"$0\" \"$@\"";

  private final String name;
  private final Process process;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts a program in a directory, where {@code NAME.log} gets all that it says. */
  static ChildProcess program(String name, List<String> command, Path directory)
      throws IOException {
    return new ChildProcess(
        name,
        builder(GUARDED, command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(name, directory))
            .start());
  }

  /**
   * Starts a main class of this class path, which must end with its input. Its output is for this
   * process; {@code NAME.log} gets what it says otherwise.
   */
  static ChildProcess java(String name, List<String> arguments, Path directory) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("temporary")));
    command.add("-Dlog4j2.configurationFile=classpath:log4j2.properties");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    return new ChildProcess(
        name, builder(WATCHING, command).redirectError(log(name, directory)).start());
  }

  private static ProcessBuilder builder(String shell, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", shell);
    builder.command().addAll(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder;
  }

  private static ProcessBuilder.Redirect log(String name, Path directory) {
    return ProcessBuilder.Redirect.appendTo(directory.resolve(name + ".log").toFile());
  }

  /**
   * A port on the loopback address that nothing listens on now, and that the system gives to no
   * client either: there are many of those before it is used.
   */
  static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody else has it; another will be free.
      }
    }
  }

  Process process() {
    return process;
  }

  /** Halts the program until it is to go on. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets a halted program go on. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    List<String> command = List.of("kill", "-" + name, Long.toString(process.pid()));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /** CPU time so far, which the system tells in steps of some milliseconds. */
  long cpuNanos() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(
            () -> new LocalRunException("The system does not tell the CPU time of " + name + "."))
        .toNanos();
  }

  /** Memory that the process has, in bytes; 0 where the system does not tell. */
  long residentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  /** Throws unless the process is alive; what happened is said in the last lines of its log. */
  void requireAlive(Path directory) throws IOException {
    if (!process.isAlive()) {
      List<String> lines = Files.readAllLines(directory.resolve(name + ".log"));
      String last = String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
      throw new LocalRunException("%s has ended by itself: %s".formatted(name, last));
    }
  }

  /** Ends the process as kill -9 does. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
