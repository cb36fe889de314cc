// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.logs;

import java.util.Map;

/**
 * How many lines of a pattern there were, for a graph in Prometheus.
 *
 * @param labels of the counter
 * @param time event time, ms since the epoch
 * @param lines so far
 */
public record LineCount(Map<String, String> labels, long time, double lines) {}
