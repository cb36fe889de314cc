// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** What detectors find unusual. */
@NullMarked
package io.tocsin.models.findings;

import org.jspecify.annotations.NullMarked;
