// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.local;

import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Empties a broker between the tests that share it. */
final class BrokerTopics {
  private BrokerTopics() {}

  /** Deletes all topics, and returns when none is seen any more. */
  static void delete(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.deleteTopics(admin.listTopics().names().get()).all().get();
      await("no topic").until(() -> admin.listTopics().names().get().isEmpty());
    }
  }
}
