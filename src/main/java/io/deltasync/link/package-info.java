/**
 * The definition of a Link: its settings and their validation, its filters and schedule,
 * and the creation of its adapters.
 */
@NullMarked
package io.deltasync.link;

import org.jspecify.annotations.NullMarked;
