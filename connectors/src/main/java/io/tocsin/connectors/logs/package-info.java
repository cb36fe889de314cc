// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Log lines out of Kafka records, as the shippers write them: one decoder for each format, pure, so
 * that a topic's format and fields are all that has to be configured.
 */
@NullMarked
package io.tocsin.connectors.logs;

import org.jspecify.annotations.NullMarked;
