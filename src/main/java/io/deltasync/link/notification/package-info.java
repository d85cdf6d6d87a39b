/**
 * What people are notified of, and through which channels: the settings of the process,
 * and what a Link changes of them.
 */
@NullMarked
package io.deltasync.link.notification;

import org.jspecify.annotations.NullMarked;
