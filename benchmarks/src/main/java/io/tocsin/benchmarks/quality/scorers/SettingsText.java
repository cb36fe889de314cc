// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import io.tocsin.models.telemetry.SeriesHash;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings as a text that is the same in every run: the order of what has none, which {@link Set}
 * and {@link Map} choose anew in each virtual machine, is that of the text.
 */
public final class SettingsText {
  private SettingsText() {}

  /** Sixteen hexadecimal digits that change with any of the settings. */
  public static String hash(String text) {
    return SeriesHash.hex(SeriesHash.ofText(text));
  }

  /** All that a tree of records, collections and plain values holds. */
  public static String of(@Nullable Object value) {
    if (value instanceof Record settings) {
      return ofRecord(settings);
    }
    if (value instanceof List<?> list) {
      return joined(list.stream().map(SettingsText::of));
    }
    if (value instanceof Collection<?> set) {
      return joined(set.stream().map(SettingsText::of).sorted());
    }
    if (value instanceof Map<?, ?> map) {
      return joined(
          map.entrySet().stream()
              .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
              .sorted());
    }
    return value instanceof Enum<?> constant ? constant.name() : String.valueOf(value);
  }

  private static String ofRecord(Record settings) {
    RecordComponent[] components = settings.getClass().getRecordComponents();
    return settings.getClass().getSimpleName()
        + joined(
            Stream.of(components).map(each -> each.getName() + "=" + component(settings, each)));
  }

  private static String component(Record settings, RecordComponent component) {
    try {
      return of(component.getAccessor().invoke(settings));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static String joined(Stream<String> texts) {
    return texts.collect(Collectors.joining(",", "[", "]"));
  }
}
