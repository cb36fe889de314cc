// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.patterns;

import org.jspecify.annotations.Nullable;

/**
 * Tells the pattern of each line, learning as it goes. Needs no configuration for a service and no
 * training: the first line of a kind founds its pattern, and where patterns turn out to be one they
 * are merged, the younger one's id remaining as an alias.
 *
 * <p>One miner serves any number of services, each with a {@link PatternTable}; it keeps nothing
 * between lines but the parameters of the last one. Not for use by several threads.
 */
public final class PatternMiner {
  private static final long LEFT_OVER_SHAPE = 0x5DEECE66DL;

  private final PatternSettings settings;
  private final LineScanner scanner = new LineScanner();
  private final LineWords line = scanner.words;
  private final Siblings siblings;
  private final LineParameters parameters = new LineParameters(line);
  private final TemplateWriter templates;
  private boolean cut;

  /** A miner that has seen nothing. */
  public PatternMiner(PatternSettings settings) {
    this.settings = settings;
    siblings = new Siblings(settings);
    templates = new TemplateWriter(settings.maxSampleBytes());
  }

  /**
   * Learns a line.
   *
   * @param table what was learned of its service
   * @param text holds the line, without its end; any bytes
   * @param from first byte
   * @param to after the last byte
   * @param time milliseconds since the epoch
   * @return the id of its pattern, stable for ever
   */
  public long learn(PatternTable table, byte[] text, int from, int to, long time) {
    cut = to - from > settings.maxLineBytes();
    int end = cut ? from + settings.maxLineBytes() : to;
    scanner.scan(text, from, end);
    refill(table);
    MinedPattern pattern = Siblings.match(table.ofShape(line.shape()), line);
    if (pattern == null) {
      pattern = unknown(table, text, from, end, time);
    }
    table.use(pattern, time);
    noteParts(table, pattern);
    parameters.of(pattern.template);
    return pattern.id;
  }

  /** Whether the last line was longer than what is read of one. */
  public boolean wasCut() {
    return cut;
  }

  /** The parameters of the last line; the same object for all lines. */
  public Parameters parameters() {
    return parameters;
  }

  private void refill(PatternTable table) {
    long full = (long) settings.newPatternBurst() * settings.linesPerNewPattern();
    table.credit = table.credit < 0 ? full : Math.min(full, table.credit + 1);
  }

  private MinedPattern unknown(PatternTable table, byte[] text, int from, int end, long time) {
    siblings.collect(table.ofShape(line.shape()), line);
    long places = siblings.variedPlaces(line);
    if (places != 0) {
      return merge(table, places, time);
    }
    if (siblings.count() >= settings.maxSiblings()) {
      return merge(table, siblings.differences(siblings.nearest()), time);
    }
    if (table.credit < settings.linesPerNewPattern()) {
      return leftOver(table, time);
    }
    table.credit -= settings.linesPerNewPattern();
    return found(table, text, from, end, time);
  }

  /** Makes one of all patterns that differ from the line at these places only. */
  private MinedPattern merge(PatternTable table, long places, long time) {
    MinedPattern into = null;
    for (int i = 0; i < siblings.count(); i++) {
      if ((siblings.differences(i) & ~places) == 0) {
        MinedPattern each = siblings.pattern(i);
        into = into == null ? each : into;
      }
    }
    if (into == null) {
      throw new IllegalStateException("nothing to merge");
    }
    int before = into.bytes();
    for (long left = places; left != 0; left &= left - 1) {
      into.template.vary(Long.numberOfTrailingZeros(left), Template.VARIED);
    }
    for (int i = 0; i < siblings.count(); i++) {
      MinedPattern each = siblings.pattern(i);
      if (each != into && (siblings.differences(i) & ~places) == 0) {
        takeIn(into, each);
        table.merge(each, into, time);
      }
    }
    table.resized(into.bytes() - before);
    return into;
  }

  /** What varies in a pattern varies in the one that it is merged into. */
  private static void takeIn(MinedPattern into, MinedPattern from) {
    for (int i = 0; i < from.template.words.length; i++) {
      if (from.template.words[i] == 0) {
        into.template.vary(i, from.template.flags[i]);
      }
    }
  }

  private MinedPattern found(PatternTable table, byte[] text, int from, int end, long time) {
    byte[] sample = templates.hideSecrets(line, text, from, end);
    long id = line.firstForm(table.key());
    while (table.has(id)) {
      id++;
    }
    Template template = templates.template(line, text, from, end);
    MinedPattern pattern = new MinedPattern(id, line.shape(), time, template);
    pattern.sample = sample;
    table.found(pattern, settings.maxPatterns());
    return pattern;
  }

  private MinedPattern leftOver(PatternTable table, long time) {
    @Nullable MinedPattern known = table.ofShape(LEFT_OVER_SHAPE);
    while (known != null && known.shape != LEFT_OVER_SHAPE) {
      known = known.nextOfShape;
    }
    if (known != null) {
      return known;
    }
    long id = LineWords.mix(table.key() ^ LEFT_OVER_SHAPE);
    Template template = new Template(0, Template.PLACEHOLDER);
    MinedPattern pattern = new MinedPattern(id, LEFT_OVER_SHAPE, time, template);
    table.found(pattern, settings.maxPatterns());
    return pattern;
  }

  /** Remembers where the number of values beside each other varies. */
  private void noteParts(PatternTable table, MinedPattern pattern) {
    for (int i = 0; i < pattern.template.words.length; i++) {
      if (pattern.template.parts[i] > 1 && pattern.template.parts[i] != line.parts[i]) {
        int before = pattern.bytes();
        pattern.template.varyParts(i);
        table.resized(pattern.bytes() - before);
      }
    }
  }
}
