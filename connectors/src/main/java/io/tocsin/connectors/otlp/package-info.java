// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Metrics and traces to an OpenTelemetry collector, as OTLP over HTTP with protobuf bodies. */
@NullMarked
package io.tocsin.connectors.otlp;

import org.jspecify.annotations.NullMarked;
