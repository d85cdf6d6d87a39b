/**
 * The requests of an HTTP source, made of templates.
 */
@NullMarked
package io.deltasync.http.source.request;

import org.jspecify.annotations.NullMarked;
