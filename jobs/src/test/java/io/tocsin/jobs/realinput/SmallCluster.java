// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import static org.awaitility.Awaitility.await;

import io.tocsin.jobs.local.LocalFlink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cluster in a process of its own with a small heap, which can be filled without harm to us. */
final class SmallCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double FULL = 0.9;
  private static final double NEARLY = 0.87;
  private static final int PIECE_BYTES = 1 << 18;

  private final URI metrics;
  private final Process process;

  /** Begins to start it. */
  SmallCluster(Path directory) throws IOException {
    int port = RealProcess.freePort();
    metrics = Reporter.metrics(port);
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:MaxDirectMemorySize=256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallCluster.class.getName(),
                directory.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /** Where its metrics are, once it is up. */
  URI metrics() {
    await("the small cluster").atMost(PATIENCE).until(() -> Http.answers(metrics));
    return metrics;
  }

  /** Fills its heap nearly, with what is not garbage. */
  void fill() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    await("a full heap").atMost(PATIENCE).until(this::isNearlyFull);
  }

  private boolean isNearlyFull() throws Exception {
    double used = Exposition.sum(metrics, "JVM_Memory_Heap_Used");
    return used > NEARLY * Exposition.sum(metrics, "JVM_Memory_Heap_Max");
  }

  /** The process: it ends when its input does. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[1]);
    List<byte[]> ballast = new ArrayList<>();
    try (LocalFlink flink = LocalFlink.start(Path.of(arguments[0]), 0, 1, Reporter.options(port))) {
      while (System.in.read() >= 0) {
        fill(ballast);
      }
      System.out.println(flink.web() + " had ballast of pieces: " + ballast.size());
    }
  }

  private static void fill(List<byte[]> ballast) {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    double used = (double) runtime.totalMemory() - runtime.freeMemory();
    for (double missing = FULL * runtime.maxMemory() - used; missing > 0; missing -= PIECE_BYTES) {
      ballast.add(new byte[PIECE_BYTES]);
    }
    System.gc();
  }

  @Override
  public void close() {
    RealProcess.stop(process);
  }
}
