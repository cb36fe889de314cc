// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.rules;

import io.tocsin.connectors.config.ConfigException;
import io.tocsin.connectors.config.ConfigReader;
import io.tocsin.connectors.config.ConfigText;
import io.tocsin.models.rules.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loads presets and puts them in order. */
public final class Presets {
  private Presets() {}

  /** Every preset. */
  public static List<Preset> all() {
    return Arrays.asList(Preset.values());
  }

  /** The user's rules, then those of the presets in the order given, then the general ones. */
  public static Rules rules(List<RuleEntry> own, List<Preset> presets) {
    Stream<RuleEntry> entries =
        Stream.concat(
                presets.stream().filter(preset -> preset != Preset.GENERAL),
                Stream.of(Preset.GENERAL))
            .flatMap(preset -> entries(preset).stream());
    return Rules.of(Stream.concat(own.stream(), entries).map(RuleEntry::rule).toList());
  }

  static List<RuleEntry> entries(Preset preset) {
    String resource = preset.resource();
    try (InputStream in = Presets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing from the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ConfigReader.read(
              PresetFile.class, PresetFile.EMPTY, new ConfigText(resource, text), Map.of())
          .rules();
    } catch (ConfigException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
  }
}
