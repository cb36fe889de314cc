// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Requests to other systems, whose answers are bounded in size and time. */
@NullMarked
package io.tocsin.connectors.http;

import org.jspecify.annotations.NullMarked;
