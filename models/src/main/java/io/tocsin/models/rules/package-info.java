// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** What is known about metrics beforehand. */
@NullMarked
package io.tocsin.models.rules;

import org.jspecify.annotations.NullMarked;
