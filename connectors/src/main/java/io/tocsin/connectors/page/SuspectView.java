// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import io.tocsin.models.incidents.Suspect;
import java.util.List;

/** A candidate for the cause as it is shown. */
record SuspectView(int rank, Suspect suspect, List<EvidenceView> evidence) {}
