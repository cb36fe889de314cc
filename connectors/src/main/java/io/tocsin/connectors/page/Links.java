// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.incidents.Incident;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Links from an incident to other programs; empty where there is none. */
record Links(@Nullable URI grafana, @Nullable URI alertmanager) {
  private static final Duration MARGIN = Duration.ofHours(1);

  /** The incident's dashboard, with an hour before and after. */
  String dashboard(Incident incident) {
    long from = incident.onset() - MARGIN.toMillis();
    String to =
        incident.closed() == 0 ? "now" : Long.toString(incident.closed() + MARGIN.toMillis());
    return grafana == null
        ? ""
        : base(grafana)
            + "/d/tocsin-incident?var-incident="
            + encoded(incident.id())
            + "&from="
            + from
            + "&to="
            + to;
  }

  /** Alertmanager's form for a silence of this incident. */
  String silence(Incident incident) {
    return alertmanager == null
        ? ""
        : base(alertmanager)
            + "/#/silences/new?filter="
            + encoded("{incident=\"" + incident.id() + "\"}");
  }

  /** A link that somebody gave for a change, if it is one to the web. */
  static String safe(String link) {
    return link.startsWith("https://") || link.startsWith("http://") ? link : "";
  }

  private static String base(URI url) {
    return url.toString().replaceAll("/+$", "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
