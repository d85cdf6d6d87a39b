package io.deltasync.console.api;

import io.deltasync.event.view.LinkStanding;
import io.deltasync.event.view.LinkStandings;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.Links;
import io.deltasync.reject.Rejects;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The status of Links in the REST API, as the command {@code links} shows it.
 */
@RestController
class StandingsApi {

	private final Links links;

	private final LinkStandings standings;

	StandingsApi(Links links, SyncEvents events, RepositoryDatabase database) {
		this.links = links;
		this.standings = new LinkStandings(events, new Rejects(database.jdbc()));
	}

	@GetMapping("/api/v1/standings")
	Page<LinkStanding> standings(Authentication authentication) {
		Caller caller = Caller.of(authentication);
		return Page.whole(
				this.links.all().stream().filter((link) -> caller.sees(link.name())).map(this.standings::of).toList());
	}

}
