// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import io.tocsin.models.incidents.IncidentSettings;

/** What can go wrong with incidents and their alerts; each makes it so and scrapes meanwhile. */
final class IncidentTroubles {
  private static final String SENDS = "tocsin_alert_sends_total";
  private static final String DELIVERED = "\"delivered\"";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;
  private static final Scrapes.Cause NOTHING = () -> {};

  private IncidentTroubles() {}

  /** Event time goes on, and an Alertmanager has heard of that. */
  static void tell(ObservedTocsin tocsin) throws Exception {
    String sink = "sink=\"" + tocsin.alertmanager.uri().getAuthority() + "\"";
    tocsin.progressUntilRise(NOTHING, SENDS, DELIVERED, sink);
  }

  static Scrapes alertmanagerIsDown(ObservedTocsin tocsin) throws Exception {
    Scrapes scrapes =
        tocsin.scrapes(ObservedTocsin.INCIDENTS).minutes(3, () -> tell(tocsin)).allIsWell();
    try {
      Scrapes.Cause attempt =
          () ->
              tocsin.progressUntilRise(
                  () -> tocsin.alertmanager.answer(UNAVAILABLE), SENDS, "\"unavailable\"");
      return scrapes
          .minutes(1, attempt)
          .minutes(3, NOTHING)
          .minutes(1, attempt)
          .minutes(2, NOTHING);
    } finally {
      tocsin.alertmanager.answer(OK);
    }
  }

  /** Refused once, an alert rests; nothing is tried again for a quarter of an hour. */
  static Scrapes alertIsRefused(ObservedTocsin tocsin) throws Exception {
    Scrapes scrapes =
        tocsin.scrapes(ObservedTocsin.INCIDENTS).minutes(3, () -> tell(tocsin)).allIsWell();
    try {
      return scrapes
          .minutes(
              1,
              () ->
                  tocsin.progressUntilRise(
                      () -> tocsin.fussyAlertmanager.answer(BAD_REQUEST),
                      SENDS,
                      "\"dropped_refused\""))
          .minutes(7, () -> tell(tocsin));
    } finally {
      tocsin.fussyAlertmanager.answer(OK);
    }
  }

  /** No job says how far it is, so that event time of incidents stands still. */
  static Scrapes timeStandsStill(ObservedTocsin tocsin) throws Exception {
    Scrapes scrapes =
        tocsin.scrapes(ObservedTocsin.INCIDENTS).minutes(3, () -> tell(tocsin)).allIsWell();
    // What was told a moment ago is sent again for a moment.
    tocsin.awaitStill(SENDS, DELIVERED);
    return scrapes.minutes(18, NOTHING);
  }

  static Scrapes manyAreOpened(ObservedTocsin tocsin) throws Exception {
    Scrapes scrapes =
        tocsin.scrapes(ObservedTocsin.INCIDENTS).minutes(3, () -> tell(tocsin)).allIsWell();
    // Midnight comes between two of them at most.
    for (int i = 0; i < 2 * ObservedTocsin.INCIDENTS_PER_DAY + 1; i++) {
      String service = "service-" + i;
      scrapes.minutes(
          1,
          () ->
              tocsin.awaitRise(
                  () -> {
                    tocsin.symptom(service);
                    tocsin.progress(1_200);
                  },
                  1,
                  "tocsin_incidents_total",
                  "\"opened\""));
    }
    return scrapes;
  }

  /** One problem more than may be open in a cluster, none of which has to do with another. */
  static Scrapes moreWouldBeOpenThanMayBe(ObservedTocsin tocsin) throws Exception {
    int most = IncidentSettings.DEFAULTS.limits().open();
    return tocsin
        .scrapes(ObservedTocsin.INCIDENTS)
        .minutes(3, () -> tell(tocsin))
        .allIsWell()
        .minutes(
            1,
            () ->
                tocsin.awaitRise(
                    () -> {
                      for (int i = 0; i <= most; i++) {
                        tocsin.symptom("crowded", "namespace-" + i);
                      }
                      tocsin.progress(120);
                    },
                    1,
                    "tocsin_incident_limits_exceeded_total",
                    "\"open\""));
  }
}
