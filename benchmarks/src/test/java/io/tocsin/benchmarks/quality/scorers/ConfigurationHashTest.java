// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.scorers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.models.entities.EntitySettings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationHashTest {
  private record Settings(Set<String> parts, Map<String, List<Integer>> rules) {}

  private static Settings settings(List<String> order) {
    Map<String, List<Integer>> rules = new LinkedHashMap<>();
    order.forEach(each -> rules.put(each, List.of(2, 1)));
    return new Settings(new LinkedHashSet<>(order), rules);
  }

  @Test
  void theOrderOfWhatHasNoneDoesNotMatter() {
    assertThat(SettingsText.of(settings(List.of("a", "b"))))
        .isEqualTo("Settings[parts=[a,b],rules=[a=[2,1],b=[2,1]]]")
        .isEqualTo(SettingsText.of(settings(List.of("b", "a"))));
  }

  @Test
  void settingsOfEntitiesAreTold() {
    assertThat(SettingsText.of(EntitySettings.DEFAULTS)).contains("leastSeries=5");
  }

  /** An object without a text of its own would be told by where it lies, anew in each run. */
  @Test
  void everySettingThatScoresDependOnHasATextOfItsOwn() {
    assertThat(new Shipped().configurationText())
        .contains("SeriesSettings[", "BandSettings[", "EpisodeSettings[", "Rules[")
        .contains("EntityLabels[", "EntitySettings[", "MetricRule[", "JUMP")
        .doesNotContain("@");
  }
}
