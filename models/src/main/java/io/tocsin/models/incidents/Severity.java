// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import java.util.Locale;

/** How loudly an incident is to be told; the names are those that Alertmanager routes use. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  /** The value of the label {@code severity}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
