/**
 * Notifications: decides which states of a Link begin and end, sends the messages by
 * webhook and mail, and calls the addresses of dead man's switches. Nothing in this
 * package fails or delays a run.
 */
@NullMarked
package io.deltasync.notify;

import org.jspecify.annotations.NullMarked;
