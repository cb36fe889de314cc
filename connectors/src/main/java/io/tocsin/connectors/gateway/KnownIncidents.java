// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.chat.IncidentSource;
import io.tocsin.connectors.page.IncidentPages;
import io.tocsin.connectors.page.Picture;
import io.tocsin.models.incidents.Incident;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of incidents, for messages about them.
 *
 * @param pages whose pictures are shown; null for none
 */
record KnownIncidents(IncidentIndex index, @Nullable IncidentPages pages)
    implements IncidentSource {
  private static final long PATIENCE_SECONDS = 5;

  @Override
  public @Nullable Incident find(String id) {
    return index.find(id);
  }

  @Override
  public @Nullable Picture picture(String id) throws InterruptedException {
    if (pages == null) {
      return null;
    }
    try {
      return pages.pictures().of(id).get(PATIENCE_SECONDS, TimeUnit.SECONDS).orElse(null);
    } catch (ExecutionException | TimeoutException e) {
      return null;
    }
  }
}
