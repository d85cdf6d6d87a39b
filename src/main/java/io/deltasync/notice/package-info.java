/**
 * The stored side of notifications: the states of Links of which people were notified,
 * and the messages to send. What is stored takes part in the transactions that make it
 * true; other packages decide on states and send messages.
 */
@NullMarked
package io.deltasync.notice;

import org.jspecify.annotations.NullMarked;
