// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

import java.util.List;

/** What {@link Drain} says of a system's lines, seen once and in order. */
public final class DrainRun {
  private DrainRun() {}

  /** The template of each line at the end, with the defaults of Drain3. */
  public static List<String> templates(List<ParsedLine> lines) {
    return templates(lines, DrainSettings.DEFAULTS);
  }

  /** The same with masks for addresses and numbers. */
  public static List<String> maskedTemplates(List<ParsedLine> lines) {
    return templates(lines, DrainSettings.MASKED);
  }

  static List<String> templates(List<ParsedLine> lines, DrainSettings settings) {
    Drain drain = new Drain(settings);
    List<Drain.Group> groups = lines.stream().map(line -> drain.learn(line.content())).toList();
    return groups.stream().map(Drain.Group::template).toList();
  }
}
