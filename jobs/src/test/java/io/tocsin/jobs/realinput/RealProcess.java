// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A program that serves a port, run until it is closed; its output goes to a file. */
public final class RealProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final long STOP_SECONDS = 10;

  private final Process process;

  private RealProcess(Process process) {
    this.process = process;
  }

  /** Starts a program and waits until a URL answers 200. */
  public static RealProcess start(
      DebianProgram program, List<String> arguments, Path directory, URI ready) throws IOException {
    return start(program, arguments, directory, ready.getPort(), () -> Http.answers(ready));
  }

  /** Starts a program that listens on a port, and waits until it is ready. */
  public static RealProcess start(
      DebianProgram program,
      List<String> arguments,
      Path directory,
      int port,
      Callable<Boolean> ready)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.path());
    command.addAll(arguments);
    Path log = directory.resolve(program + "-" + port + ".log");
    RealProcess running =
        new RealProcess(
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    try {
      await(program + " at port " + port)
          .atMost(START)
          .failFast("it ended; see " + log, () -> !running.isAlive())
          .until(ready);
      return running;
    } catch (RuntimeException | Error e) {
      running.close();
      throw e;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    stop(process);
  }

  /** Asks a process to end, and ends it when it does not. */
  static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** A port on the loopback address that nothing listens on now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
