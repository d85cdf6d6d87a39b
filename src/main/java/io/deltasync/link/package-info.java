/**
 * The definition of a Link: its settings, their validation, its filters and schedule, and
 * the making of its adapters.
 */
@NullMarked
package io.deltasync.link;

import org.jspecify.annotations.NullMarked;
