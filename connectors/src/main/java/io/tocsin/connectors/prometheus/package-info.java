/** The client of the HTTP API of Prometheus, and of what has the same: history to learn from. */
@NullMarked
package io.tocsin.connectors.prometheus;

import org.jspecify.annotations.NullMarked;
