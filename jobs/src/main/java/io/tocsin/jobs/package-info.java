/** The Flink jobs. */
@NullMarked
package io.tocsin.jobs;

import org.jspecify.annotations.NullMarked;
