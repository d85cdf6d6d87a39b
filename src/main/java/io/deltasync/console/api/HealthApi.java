package io.deltasync.console.api;

import java.time.Duration;

import io.deltasync.console.Operations;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.notify.LinkHealth;
import io.deltasync.reject.Rejects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The states of Links for outside monitors in the REST API, as the command {@code check}
 * judges them.
 */
@RestController
@RequestMapping("/api/v1")
class HealthApi {

	private final Links links;

	private final Operations operations;

	private final SyncEvents events;

	private final Rejects rejects;

	private final DatabaseClock clock;

	HealthApi(Links links, Operations operations, SyncEvents events, RepositoryDatabase database, DatabaseClock clock) {
		this.links = links;
		this.operations = operations;
		this.events = events;
		this.rejects = new Rejects(database.jdbc());
		this.clock = clock;
	}

	@GetMapping("/health")
	Page<LinkHealth> all(@RequestParam(required = false) @Nullable Duration maxAge, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		return Page.whole(this.links.all()
			.stream()
			.filter((link) -> caller.sees(link.name()))
			.map((link) -> health(link, maxAge))
			.toList());
	}

	@GetMapping("/links/{name}/health")
	LinkHealth one(@PathVariable String name, @RequestParam(required = false) @Nullable Duration maxAge,
			Authentication authentication) {
		return health(Caller.of(authentication).link(name, this.operations), maxAge);
	}

	private LinkHealth health(Link link, @Nullable Duration maxAge) {
		if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "'maxAge' must be above 0, such as PT2H");
		}
		return LinkHealth.of(link, maxAge, this.events, this.rejects, this.clock.instant());
	}

}
