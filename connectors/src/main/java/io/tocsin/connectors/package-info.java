/** One package per outside system: a pure codec beside a thin adapter. */
@NullMarked
package io.tocsin.connectors;

import org.jspecify.annotations.NullMarked;
