// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.models.incidents.Severity;
import java.util.List;

/**
 * What there is to tell about one incident, in one language, without any program's markup.
 *
 * @param key names the incident, or the alert that is none
 * @param over whether it is resolved
 * @param severity how loudly to tell it
 * @param title what is wrong
 * @param place where
 * @param cause the probable cause in one line, or empty
 * @param reasons why, one line each
 * @param since when it began, ms since the epoch
 * @param until when it was over, ms since the epoch; 0 while it lasts
 * @param link where to read more, or empty
 * @param picture where the program finds a picture of what the title says, or empty
 */
record Notice(
    String key,
    boolean over,
    Severity severity,
    String title,
    String place,
    String cause,
    List<String> reasons,
    long since,
    long until,
    String link,
    String picture) {
  Notice {
    reasons = List.copyOf(reasons);
  }

  /** The same with another picture, or with an empty text without. */
  Notice showing(String url) {
    return new Notice(key, over, severity, title, place, cause, reasons, since, until, link, url);
  }

  /** Whether a reader who has seen the other learns nothing new from this. */
  boolean saysTheSameAs(Notice other) {
    return over == other.over
        && severity == other.severity
        && title.equals(other.title)
        && cause.equals(other.cause)
        && reasons.equals(other.reasons);
  }
}
