// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import io.tocsin.connectors.page.Picture;
import io.tocsin.models.incidents.Incident;
import org.jspecify.annotations.Nullable;

/** What is known of incidents, so that a message can say more than the alert does. */
public interface IncidentSource {
  /** An incident by its id; null when it is not known. */
  @Nullable Incident find(String id);

  /** What it is felt by, after some seconds at most; null when there is nothing to show. */
  default @Nullable Picture picture(String id) throws InterruptedException {
    return null;
  }
}
