// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Judges of one series: settings, learned state and step are three things. */
@NullMarked
package io.tocsin.models.detectors;

import org.jspecify.annotations.NullMarked;
