// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
<<<<<<< HEAD
/** What is unusual about the log lines of services. */
=======
/** Log lines before they become patterns: what was written as several lines is one again. */
>>>>>>> origin/work/inputs
@NullMarked
package io.tocsin.models.logs;

import org.jspecify.annotations.NullMarked;
