// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.topics;

/** Headers of the records of {@link Topic#METRICS} and {@link Topic#LOGS}. */
public final class RecordHeaders {
  /** Version of the remote-write protocol that the body follows: {@code 1} or {@code 2}. */
  public static final String PROTOCOL = "tocsin-protocol";

  /** Whose the body is. */
  public static final String TENANT = "tocsin-tenant";

  /** Its presence says that the samples are of the past, to be learned from and not told of. */
  public static final String HISTORY = "tocsin-history";

  /** Its presence says that a record of {@link Topic#LOGS} only tells the time. */
  public static final String HEARTBEAT = "tocsin-heartbeat";

  private RecordHeaders() {}
}
