// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

import io.tocsin.models.changes.Change;

/**
 * What an incident is seen against.
 *
 * @param book everything else that is known of the cluster
 * @param changes what was changed recently
 * @param time event time, ms since the epoch
 */
record Surroundings(IncidentBook book, Iterable<Change> changes, long time) {}
