/**
 * The records of Kafka topics and of Flink's edges and state as Avro single-object encoding: two
 * bytes of marker, the fingerprint of the schema, the record. The schemas are in {@code
 * src/main/avro}.
 */
@NullMarked
package io.tocsin.connectors.avro;

import org.jspecify.annotations.NullMarked;
