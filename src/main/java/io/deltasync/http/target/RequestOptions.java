package io.deltasync.http.target;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request for some records.
 *
 * @param path The path. Default: that of the other requests
 * @param method The method. Default: 'POST' to create, 'DELETE' to delete; to update that
 * of the other requests, but 'PATCH' in place of 'PUT'
 * @param body The JSON of a record. Default: none to delete, otherwise that of the other
 * requests
 */
record RequestOptions(@Nullable String path, @Nullable String method, @Nullable Map<String, Object> body) {

}
