// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Looks at all series of a service, pod or machine together. */
@NullMarked
package io.tocsin.models.entities;

import org.jspecify.annotations.NullMarked;
