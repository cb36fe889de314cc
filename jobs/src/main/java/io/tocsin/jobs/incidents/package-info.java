/** The job that makes incidents and alerts from findings. */
@NullMarked
package io.tocsin.jobs.incidents;

import org.jspecify.annotations.NullMarked;
