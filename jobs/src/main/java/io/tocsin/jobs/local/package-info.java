/**
 * The one-command local run: a broker, the gateway and the jobs on one machine, and its commands.
 */
@NullMarked
package io.tocsin.jobs.local;

import org.jspecify.annotations.NullMarked;
