package io.deltasync.testkit;

import org.jspecify.annotations.Nullable;

/**
 * A scope that could not be fetched completely. The other scopes are fetched anyway.
 * 
 * @param scope the scope; null after IMMEDIATE and LOCATOR
 * @param cause the exception that the adapter threw
 */
public record FailedScope(@Nullable Object scope, Exception cause) {

}
