// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Telemetry, detectors, incidents and ranking, without framework, clock, thread or logger. */
@NullMarked
package io.tocsin.models;

import org.jspecify.annotations.NullMarked;
