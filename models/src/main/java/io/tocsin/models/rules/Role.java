// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.rules;

/** What a deviation of a metric may do. */
public enum Role {
  /** What users feel: one confirmed deviation opens an incident. */
  SYMPTOM,
  /** Opens an incident only together with others; otherwise explains one. */
  EVIDENCE,
  /** Not watched: states, infos, timestamps, what is known to mean nothing. */
  IGNORED
}
