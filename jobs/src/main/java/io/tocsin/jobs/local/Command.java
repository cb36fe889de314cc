// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code ./tocsin}: a class with picocli's {@code @Command} and a constructor
 * without parameters, named in {@code META-INF/services/io.tocsin.jobs.local.Command}. Its result
 * is the exit code; a {@link LocalRunException} is printed as its one sentence, with exit code 1.
 */
public interface Command extends Callable<Integer> {}
