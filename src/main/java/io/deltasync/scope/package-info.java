/**
 * Stored scopes: the plans of runs, their scopes in pages, and the lanes' progress with
 * them. A page belongs to the lane that claimed it.
 */
@NullMarked
package io.deltasync.scope;

import org.jspecify.annotations.NullMarked;
