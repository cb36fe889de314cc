// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.logs.LogPattern;
import java.util.List;

/**
 * What a search over patterns found.
 *
 * @param query what was looked for
 * @param known how many patterns there are
 */
record PatternsView(String query, List<LogPattern> found, int known) {
  /** How many are shown; a closer search finds the rest. */
  static final int MOST = 200;
}
