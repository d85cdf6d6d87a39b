package io.deltasync.cli.server;

import java.time.Instant;

/**
 * What a server says about itself. The components are fields in JSON.
 *
 * @param instance a random number of its process
 * @param time the current time of its database
 */
record Server(String instance, Instant time) {

}
