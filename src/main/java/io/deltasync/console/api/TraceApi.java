package io.deltasync.console.api;

import io.deltasync.console.Operations;
import io.deltasync.console.RecordTraces;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
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
 * Where single records are, in the REST API.
 */
@RestController
@RequestMapping("/api/v1/links/{name}")
class TraceApi {

	private final RecordTraces traces;

	private final Operations operations;

	TraceApi(RecordTraces traces, Operations operations) {
		this.traces = traces;
		this.operations = operations;
	}

	@GetMapping("/trace")
	Trace trace(@PathVariable String name, @RequestParam String key, Authentication authentication) {
		Caller.of(authentication).link(name, this.operations);
		return this.traces.trace(name, key);
	}

	@PostMapping("/deliveries")
	ResponseEntity<Started> deliver(@PathVariable String name, @RequestBody DeliveryRequest body,
			Authentication authentication, HttpServletRequest request) throws Exception {
		Caller caller = Caller.of(authentication);
		caller.link(name, this.operations);
		if (body.key() == null || body.key().isBlank()) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "The field 'key' is missing. Give the record's key");
		}
		Long event = this.traces.deliver(name, body.key(), caller.person());
		return Started.response(name, event, request);
	}

}
