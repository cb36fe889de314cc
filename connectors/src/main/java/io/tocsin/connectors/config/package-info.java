/** Configuration files read onto records: every problem reported at once, by its path. */
@NullMarked
package io.tocsin.connectors.config;

import org.jspecify.annotations.NullMarked;
