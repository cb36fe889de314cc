// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** What comes in: label sets, kinds, entities. */
@NullMarked
package io.tocsin.models.telemetry;

import org.jspecify.annotations.NullMarked;
