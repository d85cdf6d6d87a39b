/**
 * What Links have delivered: which records, and with what content.
 */
@NullMarked
package io.deltasync.delivered;

import org.jspecify.annotations.NullMarked;
