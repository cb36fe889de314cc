/** Flat state: fixed-length rows of bytes in pages, read and written through a cursor. */
@NullMarked
package io.tocsin.models.rows;

import org.jspecify.annotations.NullMarked;
