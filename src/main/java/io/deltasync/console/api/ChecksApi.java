package io.deltasync.console.api;

import io.deltasync.console.Operations;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.event.Mode;
import io.deltasync.run.plan.LinkCheck;
import io.deltasync.run.plan.Preview;
import io.deltasync.run.plan.Previews;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.RecordPreviews;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Plans and checks of runs in the REST API. They ask the source and the target, so they
 * are not open to those who only look.
 */
@RestController
@RequestMapping("/api/v1/links/{name}")
class ChecksApi {

	private final Previews previews;

	private final RecordPreviews recordPreviews;

	private final Operations operations;

	ChecksApi(Previews previews, RecordPreviews recordPreviews, Operations operations) {
		this.previews = previews;
		this.recordPreviews = recordPreviews;
		this.operations = operations;
	}

	@PostMapping("/plan")
	Preview plan(@PathVariable String name, @RequestBody PlanRequest body, Authentication authentication) {
		return this.previews.preview(Caller.of(authentication).link(name, this.operations),
				Boolean.TRUE.equals(body.full()) ? Mode.FULL : Mode.DELTA);
	}

	@PostMapping("/preview")
	RecordPreview preview(@PathVariable String name, @RequestBody PreviewRequest body, Authentication authentication) {
		int limit = (body.limit() != null) ? body.limit() : RecordPreviews.DEFAULT_LIMIT;
		if (limit < 1 || limit > RecordPreviews.MAX_LIMIT) {
			throw new ApiException(ProblemType.INVALID_REQUEST,
					"The field 'limit' is %d. Give 1 to %,d".formatted(limit, RecordPreviews.MAX_LIMIT));
		}
		return this.recordPreviews.preview(Caller.of(authentication).link(name, this.operations),
				Boolean.TRUE.equals(body.full()) ? Mode.FULL : Mode.DELTA, limit);
	}

	@PostMapping("/check")
	LinkCheck check(@PathVariable String name, Authentication authentication) {
		return this.previews.check(Caller.of(authentication).link(name, this.operations));
	}

}
