package io.deltasync.console.api;

import org.jspecify.annotations.Nullable;

/**
 * The body of a request to deliver a single record. The components are its fields in
 * JSON.
 *
 * @param key the record's key
 */
record DeliveryRequest(@Nullable String key) {

}
