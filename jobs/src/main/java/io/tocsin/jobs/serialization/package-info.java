/** How records of the topics travel in Flink, and between Flink and Kafka. */
@NullMarked
package io.tocsin.jobs.serialization;

import org.jspecify.annotations.NullMarked;
