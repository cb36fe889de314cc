// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** Which services call which, who owns a pod and where it runs, as far as it is known. */
@NullMarked
package io.tocsin.models.topology;

import org.jspecify.annotations.NullMarked;
