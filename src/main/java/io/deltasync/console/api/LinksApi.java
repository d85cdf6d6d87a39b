package io.deltasync.console.api;

import java.time.Instant;
import java.util.List;

import io.deltasync.console.LinkOverview;
import io.deltasync.console.LinkOverviews;
import io.deltasync.console.Operations;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
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
	Page<LinkOverview> links(@RequestParam(defaultValue = "") String label, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		return Page.whole(this.overviews.all()
			.stream()
			.filter((link) -> caller.sees(link.name()))
			.filter((link) -> label.isEmpty() || link.labels().contains(label))
			.toList());
	}

	@GetMapping("/{name}")
	LinkOverview link(@PathVariable String name, Authentication authentication) {
		return this.overviews.of(Caller.of(authentication).link(name, this.operations));
	}

	@GetMapping("/{name}/events")
	Page<SyncEvent> events(@PathVariable String name, @RequestParam(required = false) @Nullable Instant before,
			@RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit, Authentication authentication,
			HttpServletRequest request) {
		Link link = Caller.of(authentication).link(name, this.operations);
		int read = Page.toRead(limit);
		List<SyncEvent> found = (before != null) ? this.events.before(link.name(), before, read)
				: this.events.newest(link.name(), read);
		return Page.of(found, limit, request, "before", SyncEvent::runTimestamp);
	}

	@PostMapping("/{name}/runs")
	ResponseEntity<Started> run(@PathVariable String name, @RequestBody RunRequest body, Authentication authentication,
			HttpServletRequest request) throws Exception {
		Caller caller = Caller.of(authentication);
		Link link = caller.link(name, this.operations);
		if (body.mode() == null) {
			throw new ApiException(ProblemType.INVALID_REQUEST,
					"The field 'mode' is missing. Give delta, full, full_if_due or verify");
		}
		Long event = this.operations.run(link.name(), body.options(), caller.person());
		return Started.response(link.name(), event, request);
	}

	@PostMapping("/{name}/pause")
	LinkOverview pause(@PathVariable String name, @RequestBody(required = false) @Nullable PauseRequest body,
			Authentication authentication) {
		Caller caller = Caller.of(authentication);
		Link link = caller.link(name, this.operations);
		this.operations.pause(link.name(), caller.person(), (body != null) ? body.reason() : null);
		return this.overviews.of(link);
	}

	@PostMapping("/{name}/resume")
	LinkOverview resume(@PathVariable String name, Authentication authentication) {
		Caller caller = Caller.of(authentication);
		Link link = caller.link(name, this.operations);
		this.operations.resume(link.name(), caller.person());
		return this.overviews.of(link);
	}

}
