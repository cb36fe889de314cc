// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.connectors.config.Default;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The incident page.
 *
 * @param enabled whether there is one
 * @param grafana where Grafana is, for links to its dashboards; null for no such links
 * @param alertmanager where people open Alertmanager, for links that silence an incident; null for
 *     no such links
 * @param incidents how many incidents are kept in memory, the latest
 * @param patterns how many patterns of log lines are kept in memory
 */
public record PageSettings(
    @Default("true") boolean enabled,
    @Nullable URI grafana,
    @Nullable URI alertmanager,
    @Default("1000") int incidents,
    @Default("100000") int patterns) {
  public static final PageSettings DEFAULTS = new PageSettings(true, null, null, 1_000, 100_000);

  private static final Set<String> SCHEMES = Set.of("http", "https");

  public PageSettings {
    requireWeb(grafana, "grafana");
    requireWeb(alertmanager, "alertmanager");
    require(incidents >= 1, "incidents must be 1 or more");
    require(patterns >= 0, "patterns must be 0 or more");
  }

  private static void requireWeb(@Nullable URI url, String name) {
    require(
        url == null || (SCHEMES.contains(url.getScheme()) && url.getHost() != null),
        name + " must be like https://" + name + ".example.com");
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
