package io.deltasync.console.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

import io.deltasync.console.Operations;
import io.deltasync.event.LinkWindow;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The window of a Link in the REST API. Its version, the ETag, changes whenever the
 * window does, so that nobody overwrites a window that they have not seen.
 */
@RestController
@RequestMapping("/api/v1/links/{name}/window")
class WindowApi {

	private final SyncEvents events;

	private final Operations operations;

	WindowApi(SyncEvents events, Operations operations) {
		this.events = events;
		this.operations = operations;
	}

	@GetMapping
	ResponseEntity<LinkWindow> window(@PathVariable String name, Authentication authentication) {
		return respond(find(name, Caller.of(authentication)));
	}

	@PutMapping
	ResponseEntity<LinkWindow> setWindow(@PathVariable String name, @RequestBody WindowRequest body,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			Authentication authentication) throws Exception {
		Caller caller = Caller.of(authentication);
		Link link = find(name, caller);
		if ((body.start() == null) == !Boolean.TRUE.equals(body.keep())) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "Give either 'start' or '\"keep\":true'");
		}
		if (ifMatch == null) {
			throw new ApiException(ProblemType.IF_MATCH_REQUIRED,
					"Read the window, and send its ETag in the header If-Match");
		}
		String current = version(LinkWindow.of(link, this.events));
		if (Arrays.stream(ifMatch.split(",")).map(String::strip).noneMatch(current::equals)) {
			throw new ApiException(ProblemType.WINDOW_CHANGED,
					"The window is no longer the one with this ETag. Read it again, and decide again");
		}
		try {
			if (body.start() != null) {
				this.operations.setWindow(link.name(), body.start(), caller.person());
			}
			else {
				this.operations.keepWindow(link.name(), caller.person());
			}
		}
		catch (InvalidJobParametersException ex) {
			throw new ApiException(ProblemType.INVALID_REQUEST, String.valueOf(ex.getMessage()));
		}
		return respond(link);
	}

	private ResponseEntity<LinkWindow> respond(Link link) {
		LinkWindow window = LinkWindow.of(link, this.events);
		return ResponseEntity.ok().eTag(version(window)).body(window);
	}

	/** Everything that a client sees of the window, in a short form. */
	private static String version(LinkWindow window) {
		return "\"%s\"".formatted(UUID.nameUUIDFromBytes(window.toString().getBytes(StandardCharsets.UTF_8)));
	}

	private Link find(String name, Caller caller) {
		caller.visible(name, name, "Link '%s'".formatted(name));
		return this.operations.link(name);
	}

}
