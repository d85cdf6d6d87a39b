/**
 * Users, access tokens and roles of the console and the REST API. What is not permitted
 * is denied.
 */
@NullMarked
package io.deltasync.console.security;

import org.jspecify.annotations.NullMarked;
