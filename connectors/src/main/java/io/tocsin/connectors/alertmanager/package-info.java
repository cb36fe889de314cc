/** Alerts to Alertmanager, by its API v2. */
@NullMarked
package io.tocsin.connectors.alertmanager;

import org.jspecify.annotations.NullMarked;
