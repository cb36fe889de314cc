/** The process that takes remote write and changes over HTTP and puts them into Kafka. */
@NullMarked
package io.tocsin.connectors.gateway;

import org.jspecify.annotations.NullMarked;
