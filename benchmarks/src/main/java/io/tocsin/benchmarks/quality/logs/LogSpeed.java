// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import io.tocsin.connectors.logs.LogDecoder;
import io.tocsin.connectors.logs.LogFormat;
import io.tocsin.connectors.logs.LogInputSettings;
import io.tocsin.connectors.logs.LogRejection;
import io.tocsin.connectors.logs.LogSink;
import io.tocsin.models.patterns.PatternMiner;
import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.patterns.PatternTable;
import io.tocsin.models.telemetry.LogLine;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lines of a CPU-second of one thread: of the miner alone, of the whole path from a JSON record to
 * the pattern's count, and of Drain with the defaults of Drain3, without and with masks. All read
 * the lines of all systems, each system with a state of its own that has seen its lines before.
 * They take turns (A B B A); a candidate's figure is that of its quickest turn, for others' work on
 * the machine only ever adds to it.
 *
 * @param miner alone
 * @param path from the record to the count
 * @param drain alone, given strings
 * @param maskedDrain the same with masks for addresses and numbers
 * @param stateBytesPerPattern of the miner, about
 * @param drainBytesPerPattern of Drain, about
 */
public record LogSpeed(
    double miner,
    double path,
    double drain,
    double maskedDrain,
    double stateBytesPerPattern,
    double drainBytesPerPattern) {
  private static final int TURNS = 12;
  private static final int LEAST_LINES = 200_000;
  private static final long TIME = 1_700_000_000_000L;

  /** Measures with the lines of these systems. */
  public static LogSpeed of(List<LogSystem> systems) {
    Miner miner = new Miner(systems);
    WholePath path = new WholePath(systems);
    DrainLines drain = new DrainLines(systems, DrainSettings.DEFAULTS);
    DrainLines masked = new DrainLines(systems, DrainSettings.MASKED);
    List<Turn> turns = List.of(miner, path, drain, masked);
    double[] best = new double[turns.size()];
    for (int i = 0; i < TURNS; i++) {
      for (int k = 0; k < turns.size(); k++) {
        int at = i % 2 == 0 ? k : turns.size() - 1 - k;
        best[at] = Math.max(best[at], linesPerSecond(turns.get(at)));
      }
    }
    return new LogSpeed(
        best[0], best[1], best[2], best[3], miner.bytesPerPattern(), drain.bytesPerPattern());
  }

  private static double linesPerSecond(Turn turn) {
    long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long lines = 0;
    while (lines < LEAST_LINES) {
      lines += turn.play();
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
    return lines * 1e9 / nanos;
  }

  /** Reads all lines once and tells how many there are. */
  private interface Turn {
    long play();
  }

  private static final class Miner implements Turn {
    private final PatternMiner miner = new PatternMiner(PatternSettings.DEFAULTS);
    private final List<PatternTable> tables = new ArrayList<>();
    private final List<byte[][]> lines = new ArrayList<>();

    Miner(List<LogSystem> systems) {
      for (LogSystem system : systems) {
        tables.add(new PatternTable(tables.size()));
        lines.add(
            system.lines().stream()
                .map(line -> line.content().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
      }
    }

    @Override
    public long play() {
      long played = 0;
      for (int i = 0; i < tables.size(); i++) {
        PatternTable table = tables.get(i);
        for (byte[] line : lines.get(i)) {
          long unused = miner.learn(table, line, 0, line.length, TIME);
        }
        played += lines.get(i).length;
      }
      return played;
    }

    double bytesPerPattern() {
      double bytes = tables.stream().mapToLong(PatternTable::bytes).sum();
      return bytes / tables.stream().mapToInt(PatternTable::size).sum();
    }
  }

  private static final class WholePath implements Turn, LogSink {
    private final PatternMiner miner = new PatternMiner(PatternSettings.DEFAULTS);
    private final LogDecoder decoder =
        LogDecoder.of(LogInputSettings.of("logs", LogFormat.FLUENT_BIT));
    private final Map<String, PatternTable> tables = new HashMap<>();
    private final byte[][] records;
    private long lines;

    WholePath(List<LogSystem> systems) {
      List<byte[]> all = new ArrayList<>();
      for (LogSystem system : systems) {
        system.lines().forEach(line -> all.add(record(system.name(), line.content())));
      }
      records = all.toArray(byte[][]::new);
    }

    /** As Fluent Bit writes a container's line. */
    private static byte[] record(String service, String text) {
      String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
      String record =
          "{\"@timestamp\":1700000000.0,\"stream\":\"stdout\",\"log\":\""
              + escaped
              + "\",\"kubernetes\":{\"namespace_name\":\"shop\",\"pod_name\":\""
              + service.toLowerCase(Locale.ROOT)
              + "-6d4cf56db6-xk2lm\",\"container_name\":\""
              + service.toLowerCase(Locale.ROOT)
              + "\"}}";
      return record.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long play() {
      lines = 0;
      for (byte[] record : records) {
        decoder.decode(record, 0, record.length, TIME, this);
      }
      return lines;
    }

    @Override
    public void line(LogLine line) {
      PatternTable table =
          tables.computeIfAbsent(line.source().name(), name -> new PatternTable(name.hashCode()));
      long unused = miner.learn(table, line.bytes(), line.from(), line.to(), line.time());
      lines++;
    }

    @Override
    public void flawed(LogRejection reason) {}

    @Override
    public void rejected(LogRejection reason, int from, int to) {
      throw new IllegalStateException("a record cannot be read: " + reason);
    }
  }

  private static final class DrainLines implements Turn {
    private final List<Drain> drains = new ArrayList<>();
    private final List<String[]> lines = new ArrayList<>();

    DrainLines(List<LogSystem> systems, DrainSettings settings) {
      for (LogSystem system : systems) {
        drains.add(new Drain(settings));
        lines.add(system.lines().stream().map(ParsedLine::content).toArray(String[]::new));
      }
    }

    @Override
    public long play() {
      long played = 0;
      for (int i = 0; i < drains.size(); i++) {
        Drain drain = drains.get(i);
        for (String line : lines.get(i)) {
          Drain.Group unused = drain.learn(line);
        }
        played += lines.get(i).length;
      }
      return played;
    }

    double bytesPerPattern() {
      double bytes = drains.stream().mapToLong(Drain::bytes).sum();
      return bytes / drains.stream().mapToInt(Drain::groups).sum();
    }
  }
}
