package io.deltasync.console.api;

import java.time.Instant;
import java.util.List;

import io.deltasync.console.LinkOverview;
import io.deltasync.console.LinkOverviews;
import io.deltasync.console.Operations;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Links in the REST API.
 */
@RestController
@RequestMapping("/api/v1/links")
class LinksApi {

	private final LinkOverviews overviews;

	private final SyncEvents events;

	private final Operations operations;

	LinksApi(LinkOverviews overviews, SyncEvents events, Operations operations) {
		this.overviews = overviews;
		this.events = events;
		this.operations = operations;
	}

	@GetMapping
	Page<LinkOverview> links(Authentication authentication) {
		Caller caller = Caller.of(authentication);
		return Page.whole(this.overviews.all().stream().filter((link) -> caller.sees(link.name())).toList());
	}

	@GetMapping("/{name}")
	LinkOverview link(@PathVariable String name, Authentication authentication) {
		return this.overviews.of(find(name, Caller.of(authentication)));
	}

	@GetMapping("/{name}/events")
	Page<SyncEvent> events(@PathVariable String name, @RequestParam(required = false) @Nullable Instant before,
			@RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit, Authentication authentication,
			HttpServletRequest request) {
		Link link = find(name, Caller.of(authentication));
		int read = Page.toRead(limit);
		List<SyncEvent> found = (before != null) ? this.events.before(link.name(), before, read)
				: this.events.newest(link.name(), read);
		return Page.of(found, limit, request, "before", SyncEvent::runTimestamp);
	}

	@PostMapping("/{name}/runs")
	ResponseEntity<Started> run(@PathVariable String name, @RequestBody RunRequest body, Authentication authentication,
			HttpServletRequest request) throws Exception {
		Caller caller = Caller.of(authentication);
		Link link = find(name, caller);
		if (body.mode() == null) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "The field 'mode' is missing. Give delta or full");
		}
		Long event = this.operations.run(link.name(), (body.mode() == RunRequest.Kind.FULL) ? Mode.FULL : Mode.DELTA,
				Boolean.TRUE.equals(body.testing()), caller.person());
		return Started.response(link.name(), event, request);
	}

	@PostMapping("/{name}/pause")
	LinkOverview pause(@PathVariable String name, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		Link link = find(name, caller);
		this.operations.pause(link.name(), caller.person());
		return this.overviews.of(link);
	}

	@PostMapping("/{name}/resume")
	LinkOverview resume(@PathVariable String name, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		Link link = find(name, caller);
		this.operations.resume(link.name(), caller.person());
		return this.overviews.of(link);
	}

	private Link find(String name, Caller caller) {
		caller.visible(name, name, "Link '%s'".formatted(name));
		return this.operations.link(name);
	}

}
