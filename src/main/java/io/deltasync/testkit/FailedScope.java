package io.deltasync.testkit;

import org.jspecify.annotations.Nullable;

/**
 * A scope that could not be fetched to its end. The others are fetched all the same.
 *
 * @param scope the scope; null after IMMEDIATE and LOCATOR
 * @param cause what the adapter threw
 */
public record FailedScope(@Nullable Object scope, Exception cause) {

}
