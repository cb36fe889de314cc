// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import io.tocsin.jobs.local.LocalFlink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster in a small process of its own, which fills its heap when it is told a line, and ends
 * when its input does.
 */
final class NearlyFullHeap {
  private static final double FULL = 0.92;
  private static final int PIECE_BYTES = 1 << 20;

  private NearlyFullHeap() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    try (LocalFlink flink = LocalFlink.start(directory, 0, 1, ObservedTocsin.reporter(port))) {
      List<byte[]> ballast = new ArrayList<>();
      while (System.in.read() >= 0) {
        fill(ballast);
      }
      System.out.println(flink.web() + " ends with " + ballast.size() + " MiB too many");
    }
  }

  private static void fill(List<byte[]> ballast) {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    while (runtime.totalMemory() - runtime.freeMemory() < FULL * runtime.maxMemory()) {
      ballast.add(new byte[PIECE_BYTES]);
      System.gc();
    }
  }
}
