// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import io.tocsin.models.patterns.Pattern;
import io.tocsin.models.patterns.PatternMiner;
import io.tocsin.models.patterns.PatternSettings;
import io.tocsin.models.patterns.PatternTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the shipped miner says of a system's lines, seen once and in order.
 *
 * @param arrival the id that each line got when it came
 * @param online the same, followed through the merges that came later
 * @param last the id that each line gets when it is seen once more at the end
 * @param templates of {@code online}, at the end; empty where the pattern was evicted
 */
public record MinerRun(
    List<Long> arrival, List<Long> online, List<Long> last, List<String> templates) {

  /** Mines lines with the settings that are shipped. */
  public static MinerRun of(List<ParsedLine> lines) {
    PatternMiner miner = new PatternMiner(PatternSettings.DEFAULTS);
    PatternTable table = new PatternTable(0);
    List<Long> arrival = learn(miner, table, lines, 0);
    List<Long> online = arrival.stream().map(table::resolve).toList();
    List<String> templates = online.stream().map(id -> template(table, id)).toList();
    List<Long> last = learn(miner, table, lines, lines.size());
    return new MinerRun(arrival, online, last.stream().map(table::resolve).toList(), templates);
  }

  private static List<Long> learn(
      PatternMiner miner, PatternTable table, List<ParsedLine> lines, long from) {
    List<Long> ids = new ArrayList<>(lines.size());
    long time = from;
    for (ParsedLine line : lines) {
      byte[] text = line.content().getBytes(StandardCharsets.UTF_8);
      ids.add(miner.learn(table, text, 0, text.length, time++));
    }
    return ids;
  }

  private static String template(PatternTable table, long id) {
    Pattern pattern = table.pattern(id);
    return pattern == null ? "" : pattern.template();
  }
}
