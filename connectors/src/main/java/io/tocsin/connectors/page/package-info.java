// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/** The page on which people read about incidents, made from what Kafka tells; no database. */
@NullMarked
package io.tocsin.connectors.page;

import org.jspecify.annotations.NullMarked;
