// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Incidents, their suspects and evidence, and the alerts made from them. */
@NullMarked
package io.tocsin.models.incidents;

import org.jspecify.annotations.NullMarked;
