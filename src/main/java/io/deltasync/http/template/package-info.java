/**
 * Texts with placeholders, such as {@code /people/{id}}. The set of placeholders is
 * closed, so that a configuration can be checked before anything runs.
 */
@NullMarked
package io.deltasync.http.template;

import org.jspecify.annotations.NullMarked;
