package io.deltasync.console.api;

import io.deltasync.console.Operations;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.view.LinkWindow;
import io.deltasync.link.Link;
import io.deltasync.run.start.WindowChangedException;
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
		return respond(Caller.of(authentication).link(name, this.operations));
	}

	@PutMapping
	ResponseEntity<LinkWindow> setWindow(@PathVariable String name, @RequestBody WindowRequest body,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			Authentication authentication) throws Exception {
		Caller caller = Caller.of(authentication);
		Link link = caller.link(name, this.operations);
		if ((body.start() == null) == !Boolean.TRUE.equals(body.keep())) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "Give either 'start' or '\"keep\":true'");
		}
		if (ifMatch == null) {
			throw new ApiException(ProblemType.IF_MATCH_REQUIRED,
					"Read the window, and send its ETag in the header If-Match");
		}
		String seen = ifMatch.replace("\"", "");
		try {
			check((body.start() != null) ? this.operations.setWindow(link.name(), body.start(), seen, caller.person())
					: this.operations.keepWindow(link.name(), seen, caller.person()));
		}
		catch (WindowChangedException ex) {
			throw new ApiException(ProblemType.WINDOW_CHANGED, String.valueOf(ex.getMessage()));
		}
		catch (InvalidJobParametersException ex) {
			throw new ApiException(ProblemType.INVALID_REQUEST, String.valueOf(ex.getMessage()));
		}
		return respond(link);
	}

	private void check(@Nullable Long event) {
		if (event == null) {
			throw new ApiException(ProblemType.UNAVAILABLE,
					"The window is not set yet, because a system does not answer. Read it again later");
		}
		if (!this.operations.event(event).success()) {
			throw new ApiException(ProblemType.CONFLICT,
					"The window was not set: Sync Event %d shows the reason".formatted(event), event);
		}
	}

	private ResponseEntity<LinkWindow> respond(Link link) {
		LinkWindow window = LinkWindow.of(link, this.events);
		return ResponseEntity.ok().eTag('"' + window.version() + '"').body(window);
	}

}
