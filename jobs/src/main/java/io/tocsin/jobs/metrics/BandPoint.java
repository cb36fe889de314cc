// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.metrics;

import java.util.Map;

/**
 * Score and band of one value, for a graph in Prometheus.
 *
 * @param labels the labels of the series
 * @param time event time, ms since the epoch
 * @param detector which model says so
 * @param score 1.0 is the boundary
 * @param expected the value the model expected
 * @param lower lower end of the band
 * @param upper upper end of the band
 */
public record BandPoint(
    Map<String, String> labels,
    long time,
    String detector,
    double score,
    double expected,
    double lower,
    double upper) {}
