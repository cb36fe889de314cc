// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import io.tocsin.jobs.metrics.Shards;
import io.tocsin.models.telemetry.LogLine;
import io.tocsin.models.telemetry.LogSource;
import io.tocsin.models.telemetry.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** What some services log: two lines in a second each; one of them has errors from a time on. */
final class Chatter {
  static final long START = 1_790_000_010_000L;
  static final int SERVICES = 6;

  private final Random random = new Random(11);

  /** Batches of a second, each of one shard. */
  List<LineBatch> second(int second, boolean errors) {
    TreeMap<Integer, LineBatchWriter> shards = new TreeMap<>();
    long time = START + second * 1000L;
    for (int i = 0; i < SERVICES; i++) {
      LogSource source = LogSource.of("shop", "service-" + i, "service-" + i + "-0", "");
      LineBatchWriter writer =
          shards.computeIfAbsent(Shards.of(source.hash()), LineBatchWriter::new);
      add(writer, source, time, Severity.INFO, "GET /items/" + random.nextInt(9_000) + " 200");
      add(writer, source, time + 300, Severity.INFO, "order " + random.nextInt(9_000) + " placed");
      if (errors && i == 3) {
        add(writer, source, time + 600, Severity.ERROR, "disk " + random.nextInt(8) + " is lost");
      }
    }
    List<LineBatch> batches = new ArrayList<>();
    shards.values().forEach(writer -> batches.add(writer.take()));
    return batches;
  }

  private static void add(
      LineBatchWriter writer, LogSource source, long time, Severity severity, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    LogLine line = new LogLine().setText(bytes, 0, bytes.length).setTime(time);
    line.setSource(source, source.hash()).setSeverity(severity).setArrival(time + 200);
    writer.add(line);
  }
}
