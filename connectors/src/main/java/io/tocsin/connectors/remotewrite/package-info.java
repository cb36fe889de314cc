// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Prometheus remote write, both ways: a validating decoder to primitive columns, and an encoder.
 */
@NullMarked
package io.tocsin.connectors.remotewrite;

import org.jspecify.annotations.NullMarked;
