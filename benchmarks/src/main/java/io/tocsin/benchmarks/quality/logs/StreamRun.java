// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import io.tocsin.models.patterns.PatternEvents;
import io.tocsin.models.patterns.PatternMiner;
import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.patterns.PatternTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * How patterns grow in number and size over a stream of lines.
 *
 * @param lines of it
 * @param patterns at its end
 * @param mostPatterns at any time
 * @param mostBytes of memory at any time, about
 * @param founded patterns in all
 * @param foundedLate patterns after the first tenth of the lines
 */
public record StreamRun(
    long lines, int patterns, int mostPatterns, long mostBytes, long founded, long foundedLate) {

  /** The share of lines that found a pattern, after the first tenth. */
  public double churn() {
    return lines < 10 ? Double.NaN : foundedLate / (lines - lines / 10.0);
  }

  /** The lines of a file. */
  public static StreamRun of(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    long lines = 0;
    for (byte b : all) {
      lines += b == '\n' ? 1 : 0;
    }
    Counting counting =
        new Counting(all.length == 0 || all[all.length - 1] == '\n' ? lines : lines + 1);
    int from = 0;
    for (int i = 0; i <= all.length; i++) {
      if (i == all.length ? i > from : all[i] == '\n') {
        counting.learn(all, from, i);
        from = i + 1;
      }
    }
    return counting.result();
  }

  /** Lines no two of which are alike: of one to twelve random words with random punctuation. */
  public static StreamRun ofDistinctLines(long lines) {
    SplittableRandom random = new SplittableRandom(1);
    Counting counting = new Counting(lines);
    for (long i = 0; i < lines; i++) {
      StringBuilder line = new StringBuilder();
      for (int words = random.nextInt(1, 13); words > 0; words--) {
        for (int letters = random.nextInt(3, 10); letters > 0; letters--) {
          line.append((char) ('a' + random.nextInt(26)));
        }
        line.append(" :,=-([".charAt(random.nextInt(7))).append(' ');
      }
      byte[] text = line.append(i).toString().getBytes(StandardCharsets.UTF_8);
      counting.learn(text, 0, text.length);
    }
    return counting.result();
  }

  private static final class Counting implements PatternEvents {
    private final PatternMiner miner = new PatternMiner(PatternSettings.DEFAULTS);
    private final PatternTable table = new PatternTable(0);
    private final long all;
    private long lines;
    private int mostPatterns;
    private long mostBytes;
    private long founded;
    private long foundedLate;

    Counting(long all) {
      this.all = all;
    }

    void learn(byte[] text, int from, int to) {
      long unused = miner.learn(table, text, from, to, lines++);
      table.drain(this);
      mostPatterns = Math.max(mostPatterns, table.size());
      mostBytes = Math.max(mostBytes, table.bytes());
    }

    StreamRun result() {
      return new StreamRun(lines, table.size(), mostPatterns, mostBytes, founded, foundedLate);
    }

    @Override
    public void founded(long id, long time) {
      founded++;
      foundedLate += lines > all / 10 ? 1 : 0;
    }

    @Override
    public void merged(long from, long into, long time) {}

    @Override
    public void evicted(long id, long time) {}
  }
}
