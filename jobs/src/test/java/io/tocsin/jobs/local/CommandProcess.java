// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of {@code ./tocsin} in a process of its own, whose files are below one directory. */
final class CommandProcess implements AutoCloseable {
  private final Path output;
  private final Process process;

  CommandProcess(Path directory, String... arguments) throws IOException {
    output = directory.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-XX:+UseParallelGC", "-Dfile.encoding=UTF-8"));
    for (String opened : List.of("java.lang", "java.util", "java.util.concurrent", "java.time")) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    for (String property : List.of("user.home", "tocsin.home", "java.io.tmpdir")) {
      command.add("-D" + property + "=" + directory);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tocsin.class.getName()));
    command.addAll(List.of(arguments));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  /** What it has said so far. */
  String said() throws IOException {
    return Files.readString(output);
  }

  /** Its exit code, once it has ended. */
  int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("The command has not ended within " + limit);
    }
    return process.exitValue();
  }

  /** The process of its Kafka broker: the only one that it starts. */
  ProcessHandle broker() {
    return process.descendants().findFirst().orElseThrow();
  }

  /** Ends it as kill -9 does, and waits for its broker, which then deletes its data. */
  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(one -> one.onExit().join());
  }
}
