package io.deltasync.console.api;

import java.time.Instant;

import io.deltasync.config.Build;
import io.deltasync.console.LocalServer;
import io.deltasync.lease.DatabaseClock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The process that answers, in the REST API.
 */
@RestController
class ServerApi {

	private final DatabaseClock clock;

	ServerApi(DatabaseClock clock) {
		this.clock = clock;
	}

	@GetMapping("/api/v1/server")
	Server server() {
		return new Server(Build.version(), LocalServer.INSTANCE, this.clock.instant());
	}

	/**
	 * The process. The components are its fields in JSON.
	 *
	 * @param version the version of DeltaSync
	 * @param instance a random number of the process
	 * @param time the current time of its database
	 */
	record Server(String version, String instance, Instant time) {

	}

}
