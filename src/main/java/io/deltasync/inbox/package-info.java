/**
 * The requests that were pushed to Links: stored before they are acknowledged, delivered
 * by runs in the order in which they came, and kept for a while after that.
 */
@NullMarked
package io.deltasync.inbox;

import org.jspecify.annotations.NullMarked;
