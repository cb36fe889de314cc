// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** What people and their tools did. */
@NullMarked
package io.tocsin.models.changes;

import org.jspecify.annotations.NullMarked;
