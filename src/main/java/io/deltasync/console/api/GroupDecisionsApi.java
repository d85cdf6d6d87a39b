package io.deltasync.console.api;

import io.deltasync.console.Operations;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.event.decision.RejectDecisions;
import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.reject.RejectSelection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Decisions about all rejects of a Link with some reason in the REST API.
 */
@RestController
@RequestMapping("/api/v1/links/{name}/rejects")
class GroupDecisionsApi {

	private final RejectDecisions decisions;

	private final Operations operations;

	GroupDecisionsApi(RejectDecisions decisions, Operations operations) {
		this.decisions = decisions;
		this.operations = operations;
	}

	@PostMapping("/acknowledge")
	Decided acknowledgeGroup(@PathVariable String name, @RequestBody ReasonRequest body,
			Authentication authentication) {
		return decide(Decision.ACKNOWLEDGE, name, body.reason(), Caller.of(authentication));
	}

	@PostMapping("/discard")
	Decided discardGroup(@PathVariable String name, @RequestBody ReasonRequest body, Authentication authentication) {
		return decide(Decision.DISCARD, name, body.reason(), Caller.of(authentication));
	}

	private Decided decide(Decision decision, String name, @Nullable String reason, Caller caller) {
		String link = caller.link(name, this.operations).name();
		if (reason == null || reason.isBlank()) {
			throw new ApiException(ProblemType.INVALID_REQUEST, "'reason' is missing. Give a part of the reason");
		}
		long changed = this.decisions.decide(decision, RejectSelection.containing(link, reason), Long.MAX_VALUE,
				caller.person().name());
		return new Decided(link, reason, changed);
	}

	/**
	 * What was decided. The components are its fields in JSON.
	 *
	 * @param link the Link's name
	 * @param reason the text that the reasons contain
	 * @param rejects how many rejects were changed
	 */
	record Decided(String link, String reason, long rejects) {

	}

	/**
	 * Which rejects are meant. The components are its fields in JSON.
	 *
	 * @param reason a part of their reason
	 */
	record ReasonRequest(@Nullable String reason) {

	}

}
