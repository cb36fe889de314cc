// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** What is unusual about the log lines of services. */
@NullMarked
package io.tocsin.models.logs;

import org.jspecify.annotations.NullMarked;
