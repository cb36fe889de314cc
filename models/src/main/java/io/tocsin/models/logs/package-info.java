// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Log lines before they become patterns: what was written as several lines is one again. */
@NullMarked
package io.tocsin.models.logs;

import org.jspecify.annotations.NullMarked;
