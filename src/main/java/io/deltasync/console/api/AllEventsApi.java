package io.deltasync.console.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Links;
import io.deltasync.schema.Columns;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The Sync Events of all Links in the REST API.
 */
@RestController
class AllEventsApi {

	private final Links links;

	private final SyncEvents events;

	AllEventsApi(Links links, SyncEvents events) {
		this.links = links;
		this.events = events;
	}

	@GetMapping("/api/v1/events")
	Page<SyncEvent> allEvents(@RequestParam(required = false) @Nullable String link,
			@RequestParam(required = false) @Nullable Instant before,
			@RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit, Authentication authentication,
			HttpServletRequest request) {
		Caller caller = Caller.of(authentication);
		int read = Page.toRead(limit);
		if (link != null) {
			caller.visible(link, link, "Link '%s'".formatted(link));
		}
		// the events of one that is no longer configured are found by its name
		List<String> names = (link != null) ? List.of(link) : this.links.names().stream().filter(caller::sees).toList();
		List<SyncEvent> found = names.stream()
			.flatMap((name) -> find(name, before, read).stream())
			.sorted(Comparator.comparing(SyncEvent::runTimestamp).reversed())
			.limit(read)
			.toList();
		return Page.of(found, whole(found, limit), request, "before", SyncEvent::runTimestamp);
	}

	private List<SyncEvent> find(String link, @Nullable Instant before, int limit) {
		if (!Columns.canHold(link)) {
			return List.of();
		}
		return (before != null) ? this.events.before(link, before, limit) : this.events.newest(link, limit);
	}

	/**
	 * Returns how many events the page has: the next one starts after a time, so events
	 * of several Links with the same time stay on one page.
	 */
	private static int whole(List<SyncEvent> found, int limit) {
		int size = Math.min(found.size(), limit);
		while (size > 0 && size < found.size()
				&& found.get(size).runTimestamp().equals(found.get(size - 1).runTimestamp())) {
			size--;
		}
		return (size > 0) ? size : limit;
	}

}
