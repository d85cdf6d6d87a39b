package io.deltasync.http.source.options;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The request that deletes or cancels an export.
 *
 * @param method The method
 * @param path The path
 */
public record DeleteOptions(@DefaultValue("DELETE") String method, String path) {

}
