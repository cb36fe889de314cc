// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

/**
 * What a browser asks for.
 *
 * @param path decoded, beginning with a slash
 * @param query the part after the question mark as it came, or empty
 * @param knownTag the tag of what the browser has already ({@code If-None-Match}), or empty
 */
public record PageRequest(String path, String query, String knownTag) {}
