/**
 * Stored scopes: how far the planning of a run has come, its scopes in pages, and how far
 * the lanes have come with them. A page belongs to the lane that claimed it.
 */
@NullMarked
package io.deltasync.scope;

import org.jspecify.annotations.NullMarked;
