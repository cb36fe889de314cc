// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.models.series;

import io.tocsin.models.detectors.Effect;
import io.tocsin.models.rules.MetricRule;
import io.tocsin.models.telemetry.Entity;
import io.tocsin.models.telemetry.MetricKind;

/**
 * What is known about a series before any sample of it.
 *
 * @param kind what kind of metric it belongs to
 * @param rule what a deviation may do, and to which side it matters
 * @param effect from which size a deviation matters
 * @param unit unit of the scored value, or empty
 * @param entity what the series is about
 */
public record SeriesPolicy(
    MetricKind kind, MetricRule rule, Effect effect, String unit, Entity entity) {}
