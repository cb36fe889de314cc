/** What every job sets up alike: its Flink environment and its configuration file. */
@NullMarked
package io.tocsin.jobs.environment;

import org.jspecify.annotations.NullMarked;
