// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.changes.ObjectFact;
import io.tocsin.models.detectors.Effect;
import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.telemetry.MetricKind;

/**
 * What is known about a series before any sample of it. There are few different ones, so that they
 * stay in the processor's caches.
 *
 * @param kind what kind of metric it belongs to
 * @param rule what a deviation may do, and to which side it matters
 * @param effect from which size a deviation matters
 * @param unit unit of the scored value, or empty
 * @param fact what another value shows of an object of Kubernetes
 */
public record SeriesPolicy(
    MetricKind kind, MetricRule rule, Effect effect, String unit, ObjectFact.Kind fact) {
  /** Of a series whose values show nothing of an object of Kubernetes. */
  public SeriesPolicy(MetricKind kind, MetricRule rule, Effect effect, String unit) {
    this(kind, rule, effect, unit, ObjectFact.Kind.NONE);
  }
}
