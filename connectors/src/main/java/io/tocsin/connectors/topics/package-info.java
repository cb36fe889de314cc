/** The topics: their names, keys and settings in one place, and what creates them. */
@NullMarked
package io.tocsin.connectors.topics;

import org.jspecify.annotations.NullMarked;
