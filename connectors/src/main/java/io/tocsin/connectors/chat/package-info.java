// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Messages about incidents to the robots of Feishu, DingTalk, WeCom, Slack, Teams, and webhooks.
 */
@NullMarked
package io.tocsin.connectors.chat;

import org.jspecify.annotations.NullMarked;
