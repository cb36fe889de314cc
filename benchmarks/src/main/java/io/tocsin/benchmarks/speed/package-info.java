/** How fast the parts and the whole are, always beside something to compare with. */
@NullMarked
package io.tocsin.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
