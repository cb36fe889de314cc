// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** The job that finds what is unusual in logs. */
@NullMarked
package io.tocsin.jobs.logs;

import org.jspecify.annotations.NullMarked;
