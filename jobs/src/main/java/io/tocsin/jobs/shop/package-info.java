/** A simulated shop: what its Prometheus would send, in health and under faults. */
@NullMarked
package io.tocsin.jobs.shop;

import org.jspecify.annotations.NullMarked;
