// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.detectors;

/** The parts of {@link BandDetector}; each can be left out to see what it earns. */
public enum Part {
  /** The next value is the last one. */
  JUMP,
  /** The next value is the level of the last few. */
  LEVEL,
  /** The next value is the usual of its hour. */
  RHYTHM,
  /** The mean of the last hours is that of the last days. */
  DRIFT,
  /** The usual of an hour of the week, where it predicts better than that of the day. */
  WEEK,
  /** What was as unusual lately is no news. */
  HABIT,
  /** What was as unusual at this hour on earlier days is no news. */
  HOURS,
  /** A series that always moved stands still. */
  FLAT,
  /** A value outside all that was seen. */
  RANGE
}
