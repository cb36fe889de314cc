// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Log lines: joined where several are one message, counted, and judged. */
@NullMarked
package io.tocsin.models.logs;

import org.jspecify.annotations.NullMarked;
