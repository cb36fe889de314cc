// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

/**
 * How large a body may be.
 *
 * @param maxBytes the limit
 * @param tooLarge what a sender of a larger one is told
 */
record BodyLimit(int maxBytes, Answer tooLarge) {}
