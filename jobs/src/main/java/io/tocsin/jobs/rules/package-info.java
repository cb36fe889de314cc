/** What is known about metrics beforehand: presets and the user's own rules. */
@NullMarked
package io.tocsin.jobs.rules;

import org.jspecify.annotations.NullMarked;
