/** The metrics job: remote-write bodies in, findings out. */
@NullMarked
package io.tocsin.jobs.metrics;

import org.jspecify.annotations.NullMarked;
