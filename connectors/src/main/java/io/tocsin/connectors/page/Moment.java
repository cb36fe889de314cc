// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

/**
 * Something that happened in the course of an incident.
 *
 * @param time ms since the epoch
 * @param kind which mark it gets: a word of a small set that the style sheet knows
 * @param text for people
 */
record Moment(long time, String kind, String text) {}
