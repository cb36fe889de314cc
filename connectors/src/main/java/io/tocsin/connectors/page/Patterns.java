// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.logs.LogPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The patterns of log lines that were said of last. Safe for several threads. */
final class Patterns {
  private static final Comparator<LogPattern> LATEST =
      Comparator.comparingLong(LogPattern::lastSeen).reversed().thenComparing(LogPattern::key);

  private final int most;
  private final Map<String, LogPattern> patterns = new LinkedHashMap<>(16, 0.75f, true);

  Patterns(int most) {
    this.most = most;
  }

  synchronized void take(LogPattern pattern) {
    if (pattern.mergedInto().isEmpty()) {
      patterns.put(pattern.key(), pattern);
    } else {
      patterns.remove(pattern.key());
    }
    if (patterns.size() > most) {
      patterns.remove(patterns.keySet().iterator().next());
    }
  }

  /**
   * Those that have every word of the text in their template, sample, level, service or id, the
   * latest first.
   */
  List<LogPattern> find(String text, int limit) {
    String[] words = text.toLowerCase(Locale.ROOT).strip().split("\\s+");
    List<LogPattern> found = new ArrayList<>();
    for (LogPattern pattern : all()) {
      if (matches(pattern, words)) {
        found.add(pattern);
      }
    }
    return found.stream().sorted(LATEST).limit(limit).toList();
  }

  private synchronized List<LogPattern> all() {
    return List.copyOf(patterns.values());
  }

  private static boolean matches(LogPattern pattern, String[] words) {
    String text =
        String.join(
                "\n",
                pattern.template(),
                pattern.sample(),
                pattern.level(),
                pattern.entity().namespace(),
                pattern.entity().subject(),
                pattern.id())
            .toLowerCase(Locale.ROOT);
    for (String word : words) {
      if (!text.contains(word)) {
        return false;
      }
    }
    return true;
  }

  synchronized int count() {
    return patterns.size();
  }
}
