// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.shop;

/** What a pod tells of its pool of connections to its database. */
final class PoolMeter implements Meter {
  private static final double SIZE = 10;
  private static final double QUERIES = 2;
  private static final double SECONDS = 0.004;

  private final Series active;
  private final Series idle;
  private final Series pending;
  private final Series timeouts;
  private final Series acquired;
  private final Series acquiring;
  private final Series queries;
  private final Series querying;

  PoolMeter(SeriesGroup pod) {
    SeriesGroup pool = pod.with("pool", "main");
    active = pool.add("hikaricp_connections_active");
    idle = pool.add("hikaricp_connections_idle");
    pending = pool.add("hikaricp_connections_pending");
    pool.add("hikaricp_connections_max").value = SIZE;
    timeouts = pool.add("hikaricp_connections_timeout_total");
    acquired = pool.add("hikaricp_connections_acquire_seconds_count");
    acquiring = pool.add("hikaricp_connections_acquire_seconds_sum");
    queries = pool.add("db_client_operation_duration_seconds_count");
    querying = pool.add("db_client_operation_duration_seconds_sum");
  }

  @Override
  public void measure(Moment now) {
    double slow = now.condition().own().database();
    double duration = SECONDS * slow;
    double wanted = now.dice().poisson(now.rate() * QUERIES * duration * slow);
    active.value = Math.min(SIZE, wanted);
    idle.value = SIZE - active.value;
    pending.value = Math.max(0, wanted - SIZE);
    double count = now.count(now.rate() * QUERIES);
    double wait = 0.00005 * slow * slow;
    acquired.value += count;
    acquiring.value += now.noisy(count * wait, 0.1);
    queries.value += count;
    querying.value += now.noisy(count * duration, 0.5 / Math.sqrt(1 + count));
    timeouts.value += now.count(now.rate() * 0.01 * Math.max(0, slow - 4));
  }

  @Override
  public void restart() {
    for (Series counter : new Series[] {timeouts, acquired, acquiring, queries, querying}) {
      counter.value = 0;
    }
  }
}
