/** How the jobs are tied to Kafka. */
@NullMarked
package io.tocsin.jobs.kafka;

import org.jspecify.annotations.NullMarked;
