// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import io.tocsin.models.incidents.Incident;
import io.tocsin.models.incidents.IncidentCard;
import io.tocsin.models.incidents.Language;

/** Prints incidents as they open, change and end. */
final class Cards {
  private final Console console;
  private final IncidentCard card;

  Cards(Console console) {
    this.console = console;
    card =
        new IncidentCard(
            console.hasColours() ? IncidentCard.Style.ANSI : IncidentCard.Style.PLAIN,
            Language.ENGLISH);
  }

  void show(Incident incident) {
    console.say("\n" + card.full(incident, incident.time()));
  }
}
