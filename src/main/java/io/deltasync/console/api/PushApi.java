package io.deltasync.console.api;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import io.deltasync.console.Operations;
import io.deltasync.console.PushRequests;
import io.deltasync.console.PushedRequest;
import io.deltasync.console.WaitingRequest;
import io.deltasync.console.WaitingRequests;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.inbox.NewPush;
import io.deltasync.inbox.PushedBody;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.link.Link;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/**
 * Takes the records that other systems push to Links.
 */
@RestController
@RequestMapping("/api/v1/links/{name}/records")
class PushApi {

	static final String KEY = "Idempotency-Key";

	private final Operations operations;

	private final PushRequests requests;

	private final WaitingRequests waiting;

	private final PushedBodies bodies = new PushedBodies(Runtime.getRuntime().maxMemory());

	PushApi(Operations operations, PushRequests requests, WaitingRequests waiting) {
		this.operations = operations;
		this.requests = requests;
		this.waiting = waiting;
	}

	@ResponseStatus(HttpStatus.ACCEPTED)
	@PostMapping
	ResponseEntity<PushedRequest> push(@PathVariable String name,
			@RequestHeader(name = KEY, required = false) @Nullable String key, Authentication authentication,
			HttpServletRequest request) throws IOException {
		Link link = find(name, authentication);
		this.requests.check(link);
		String checked = key(key);
		String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
		if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
			throw new ApiException(ProblemType.UNSUPPORTED_MEDIA_TYPE,
					"Content-Encoding '%s' is not supported; send the body uncompressed".formatted(encoding));
		}
		String type = request.getContentType();
		if (type == null || type.length() > NewPush.MAX_CONTENT_TYPE) {
			throw new ApiException(ProblemType.UNSUPPORTED_MEDIA_TYPE,
					"Send the type of the body in the header Content-Type, such as application/json");
		}
		PushedRequest stored = this.bodies.with(request.getInputStream(),
				(body) -> this.requests.accept(link, checked, new PushedBody(type, body)));
		URI location = URI.create("%s/api/v1/links/%s/records/%d".formatted(request.getContextPath(),
				UriUtils.encode(link.name(), "UTF-8"), stored.id()));
		return ResponseEntity.accepted().location(location).body(stored);
	}

	/** Returns the key without the quotes that the header may have. */
	private static String key(@Nullable String header) {
		String key = (header != null) ? header.strip() : "";
		if (key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")) {
			key = key.substring(1, key.length() - 1);
		}
		if (key.isEmpty()) {
			throw new ApiException(ProblemType.INVALID_REQUEST,
					"The header %s is missing. Give each request a key of its own, such as a UUID, and the same key when you send it again"
						.formatted(KEY));
		}
		if (key.length() > NewPush.MAX_KEY || !key.chars().allMatch((c) -> c > ' ' && c < '\u007f')) {
			throw new ApiException(ProblemType.INVALID_REQUEST,
					"The header %s has a wrong value. Give 1 to %d visible ASCII characters without blanks"
						.formatted(KEY, NewPush.MAX_KEY));
		}
		return key;
	}

	@GetMapping
	Page<WaitingRequest> waitingRequests(@PathVariable String name, @RequestParam(defaultValue = "0") long after,
			@RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit, Authentication authentication,
			HttpServletRequest request) {
		List<WaitingRequest> found = this.waiting.list(Caller.of(authentication).link(name, this.operations), after,
				Page.toRead(limit));
		return Page.of(found, limit, request, "after", WaitingRequest::id);
	}

	@GetMapping("/{id}")
	PushedRequest pushedRequest(@PathVariable String name, @PathVariable long id, Authentication authentication) {
		return this.requests.find(find(name, authentication), id);
	}

	@DeleteMapping("/{id}")
	PushedRequest discardRequest(@PathVariable String name, @PathVariable long id, Authentication authentication)
			throws LinkBusyException {
		Caller caller = Caller.of(authentication);
		Link link = caller.link(name, this.operations);
		this.waiting.discard(link, id, caller.person());
		return this.requests.find(link, id);
	}

	private Link find(String name, Authentication authentication) {
		Caller.of(authentication).visible(name, name, "Link '%s'".formatted(name));
		return this.operations.link(name);
	}

}
