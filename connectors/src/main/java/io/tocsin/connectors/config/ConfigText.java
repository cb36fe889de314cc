// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.config;

/**
 * A configuration's text and where it comes from.
 *
 * @param source file or resource, as problems are to name it
 * @param text the YAML
 */
public record ConfigText(String source, String text) {}
