/** The delivery index: which records Links have delivered, and with what content. */
@NullMarked
package io.deltasync.delivered;

import org.jspecify.annotations.NullMarked;
