// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.logs;

import io.tocsin.models.telemetry.Severity;

/** What a number means that stands where the severity is. */
public enum SeverityNumbers {
  /** 0 (emergency) to 7 (debug), as in syslog and GELF. */
  SYSLOG {
    @Override
    Severity of(long number) {
      return Severity.ofSyslog(number);
    }
  },
  /** 10 (trace) to 60 (fatal), as by bunyan and pino; below 8 as in syslog. */
  BUNYAN {
    @Override
    Severity of(long number) {
      // Tens count up the same ranges, of four numbers each.
      return number < 8 ? Severity.ofSyslog(number) : Severity.ofOtlp(number / 10 * 4);
    }
  },
  /** 10 (debug) to 50 (critical), as by Python; below 8 as in syslog. */
  PYTHON {
    @Override
    Severity of(long number) {
      return number < 8 ? Severity.ofSyslog(number) : Severity.ofOtlp((number / 10 + 1) * 4);
    }
  },
  /** 1 (trace) to 24 (fatal), as by OpenTelemetry. */
  OTLP {
    @Override
    Severity of(long number) {
      return Severity.ofOtlp(number);
    }
  };

  abstract Severity of(long number);
}
