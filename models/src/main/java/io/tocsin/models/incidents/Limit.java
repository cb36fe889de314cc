// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.incidents;

/** A limit on what an {@link IncidentBook} keeps; see {@link IncidentSettings.Limits}. */
public enum Limit {
  /** Findings of one incident: the weakest went, or was not taken. */
  MEMBERS,
  /** Open incidents: one was not opened, or not split. */
  OPEN,
  /** Findings that belong to no incident: the weakest went. */
  POOLED,
  /** Entities that are watched: those not seen for longest went. */
  WATCHED,
  /** Ids of findings that are held no more: the oldest went. */
  PAST
}
