// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.models.telemetry.Severity;

/** What a number means that stands where the severity is. */
public enum SeverityNumbers {
  /** 0 (emergency) to 7 (debug); also of GELF. */
  SYSLOG {
    @Override
    Severity of(long number) {
      return Severity.ofSyslog(number);
    }
  },
  /** 1 (trace) to 24 (fatal). */
  OTLP {
    @Override
    Severity of(long number) {
      return Severity.ofOtlp(number);
    }
  },
  /** 10 (trace) to 60 (fatal): bunyan and pino. */
  BUNYAN {
    @Override
    Severity of(long number) {
      // Tens count up the same ranges, of four numbers each.
      return Severity.ofOtlp(number / 10 * 4);
    }
  };

  abstract Severity of(long number);
}
