// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.quality.logs;

/**
 * A line of a log and what it is in truth.
 *
 * @param content without the head that all lines of the system have
 * @param event the id of its event
 * @param template its event's text with {@code <*>} for each parameter
 */
public record ParsedLine(String content, String event, String template) {}
